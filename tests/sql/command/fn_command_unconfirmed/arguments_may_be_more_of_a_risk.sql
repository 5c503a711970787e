-- What is of more than low risk is confirmed; a command of low risk that carries out something of a higher one, as that one.
do $$
declare
  v_freeze constant jsonb := '{"gate": "policy.freeze", "value": "open"}';
  v_job    constant jsonb := '{"kind": "system.command", "payload": {"command": "job cancel", "args": {"jobs": ["1"]}}}';
  v_frozen constant jsonb := jsonb_build_object('payload', jsonb_build_object('command', 'gate set', 'args', v_freeze));
  v_low    constant jsonb := '{"mode": "run", "confirmed": "low"}';
begin
  assert dot.fn_command_unconfirmed('gate set', v_freeze, v_low) @> '{"reason": "confirm", "code": "DT428", "risk": "critical"}';
  perform test.equal(dot.fn_command_unconfirmed('gate set', v_freeze, '{"mode": "run", "confirmed": "high"}') ->> 'risk', 'critical');
  perform test.equal(dot.fn_command_unconfirmed('gate set', v_freeze, '{"mode": "run", "confirmed": "critical"}'), null::jsonb);
  perform test.equal(dot.fn_command_unconfirmed('job enqueue', v_job, v_low) ->> 'risk', 'high');
  perform test.equal(dot.fn_command_unconfirmed('schedule create', v_frozen, v_low) ->> 'risk', 'critical');
  perform test.equal(dot.fn_command_unconfirmed('job enqueue', v_job, v_low || '{"protected": true}') ->> 'risk', 'critical', 'a level higher');
  perform test.equal(dot.fn_command_unconfirmed('job enqueue', v_job, '{"mode": "run", "confirmed": "high"}'), null::jsonb);
  perform test.equal(dot.fn_command_unconfirmed('job enqueue', '{"kind": "system.noop", "payload": {"command": 1}}', v_low), null::jsonb);
  perform test.equal(dot.fn_command_unconfirmed('job cancel', '{"jobs": ["1"]}', '{"mode": "run", "confirmed": null}') ->> 'risk', 'high', 'its own');
  perform test.equal(dot.fn_command_unconfirmed('job cancel', '{"jobs": ["1"]}', '{"mode": "run", "confirmed": "high"}'), null::jsonb);
  perform test.equal(dot.fn_command_unconfirmed('no such', '{}', v_low), null::jsonb);
  -- A rehearsal, what was approved, and one that says nothing of it are not asked.
  perform test.equal(dot.fn_command_unconfirmed('gate set', v_freeze, e), null::jsonb, e::text)
     from unnest(array['{"mode": "dry_run", "confirmed": "low"}', '{"mode": "run"}', '{"mode": "run", "confirmed": "low", "proposal_id": "x"}']::jsonb[]) e;
end
$$;

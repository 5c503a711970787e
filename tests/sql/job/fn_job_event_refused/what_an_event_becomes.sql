do $$
declare
  v_ann   constant text := test.actor('ann', 'human', '{dot_operator}');
  v_event jsonb;
  v_id    bigint;
  v_time  constant timestamptz := clock_timestamp() + interval '1 second';
  v_bound timestamptz;
  v_case  record;
begin
  perform test.by(v_ann, $q$select dot.fn_subscription_create('s', p_deliver => 'job')::text$q$);
  perform test.by(v_ann, $q$select dot.fn_subscription_jobs('s', 'system.noop')::text$q$);
  v_bound := clock_timestamp();
  perform test.by(v_ann, $q$select dot.fn_subscription_jobs('s', 'system.command')::text$q$);
  v_id := test.emit();
  select jsonb_build_object('event', e.event_id, 'type', e.event_type, 'key', e.key, 'subject', e.subject, 'payload', e.payload, '$for', (select wanted_by from dot.job_subscription))
    into v_event from dot.event_outbox e where e.event_id = v_id;
  for v_case in
    select * from (values
      (1, 'system.command', v_event, v_time, null),
      -- When one that died was asked for is not known.
      (2, 'system.command', v_event, null, null),
      (3, 'system.noop', v_event, v_time, 'no subscription asked for it then'),
      (4, 'system.command', v_event || '{"$for": {"actor": "adm", "kind": "human"}}', v_time, 'no subscription asked for it then'),
      (5, 'system.command', v_event - '$for', v_time, 'no subscription asked for it then'),
      (6, 'system.command', v_event, v_time - interval '1 day', 'no subscription asked for it then'),
      -- Its events became something else then.
      (14, 'system.command', v_event, v_bound, 'no subscription asked for it then'),
      (7, 'system.command', v_event || '{"payload": {"command": "job cancel"}}', v_time, format('it is not what event %s was', v_event ->> 'event')),
      (8, 'system.command', v_event || '{"key": null}', v_time, format('it is not what event %s was', v_event ->> 'event')),
      (9, 'system.command', v_event || '{"event": 999999999999999999}', v_time, 'there is no event 999999999999999999'),
      (10, 'system.command', v_event || '{"event": 9999999999999999999999}', v_time, 'there is no event 9999999999999999999999'),
      (11, 'system.command', v_event || '{"event": null}', v_time, 'there is no event of no number'),
      (12, null, v_event, v_time, 'no subscription asked for it then'),
      (13, 'system.command', null, v_time, 'no subscription asked for it then')) c(n, kind, payload, at, why) order by n
  loop
    perform test.equal(dot.fn_job_event_refused(v_case.kind, v_case.payload, v_case.at), v_case.why, v_case.n::text);
  end loop;
  -- What no run did is evidence of nothing.
  insert into dot.dot_row_history (change_id, relation, row_key, image, changed_at) overriding system value
  select -1, relation, row_key, jsonb_set(image, '{wanted_by,actor}', '"adm"'), changed_at - interval '1 day' from dot.dot_row_history where relation = 'job_subscription' order by change_id limit 1;
  perform test.equal(dot.fn_job_event_refused('system.command', jsonb_set(v_event, '{$for}', (select image -> 'wanted_by' from dot.dot_row_history where change_id = -1)), v_time), 'no subscription asked for it then');
  -- Once it is dropped, its events become nothing: from the end of the run on that did so.
  perform test.by(v_ann, $q$select dot.fn_subscription_drop('s')::text$q$);
  perform test.equal(dot.fn_job_event_refused('system.command', v_event, clock_timestamp()), null, 'while the run may not be committed');
  perform test.equal(dot.fn_job_event_refused('system.command', v_event, clock_timestamp() + interval '2 minutes'), 'no subscription asked for it then', 'dropped');
  perform test.equal(dot.fn_job_event_refused('system.command', v_event, null), null, 'died earlier');
end
$$;

do $$
declare
  v_id text := dot.fn_uuid_v7()::text;
begin
  perform dot.fn_command_envelope_check('gate set', jsonb_build_object('run_id', v_id, 'mode', 'run'));
  perform test.raises('DT400', $q$select dot.fn_command_envelope_check('gate set', '{"mode": "run"}')$q$, 'the envelope needs%');
  perform test.raises('DT400', format('select dot.fn_command_envelope_check(%L, %L)', 'gate set', jsonb_build_object('run_id', v_id)), 'the envelope needs%');
  perform test.raises('DT400', format('select dot.fn_command_envelope_check(%L, %L)', 'gate set', jsonb_build_object('run_id', v_id, 'mode', 'sql')), 'the envelope needs%');
  perform test.raises('DT400', format('select dot.fn_command_envelope_check(%L, %L)', 'gate set', jsonb_build_object('run_id', gen_random_uuid(), 'mode', 'run')), '%must be a UUID of version 7%');
  perform test.raises('DT400', format('select dot.fn_command_envelope_check(%L, %L)', 'gate set', jsonb_build_object('run_id', v_id, 'mode', 'run', 'idempotency_key', 'job:1')), '%a key of a job');
  perform test.raises('DT400', format('select dot.fn_command_envelope_check(%L, %L)', 'bench jobs', jsonb_build_object('run_id', v_id, 'mode', 'run', 'idempotency_key', 'k')), '%does not accept an idempotency key%');
end
$$;

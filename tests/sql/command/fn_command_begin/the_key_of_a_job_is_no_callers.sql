-- Whoever thinks of the key that the run of a job has cannot take its place.
do $$
declare
  v_envelope jsonb := jsonb_build_object('run_id', dot.fn_uuid_v7(), 'mode', 'run');
  v_args     jsonb := '{"queue": "bench"}';
begin
  perform test.raises('DT400', format('select dot.fn_command_begin(%L, %L, %L)', 'queue pause', v_args, v_envelope || '{"idempotency_key": "job:1"}'), 'job:1 is a key of a job');
  perform test.raises('DT409', format('select dot.fn_command_begin(%L, %L, %L)', 'queue pause', v_args, v_envelope || '{"idempotency_key": "job:1", "for_job": "1", "for_token": "1"}'),
    format('login %s holds no lease of job 1 by this token', session_user));
  assert dot.fn_command_begin('queue pause', v_args, v_envelope || '{"idempotency_key": "my job:1"}') ? 'run_id';
end
$$;

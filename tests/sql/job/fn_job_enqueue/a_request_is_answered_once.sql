do $$
declare
  v_first jsonb := dot.fn_job_enqueue('system.noop', '{"n": 1}', p_namespace => 's', p_key => 'k');
begin
  perform dot.fn_job_cancel_many(array[(v_first ->> 'job')::bigint]);
  assert dot.fn_job_enqueue('system.noop', '{"n": 1}', p_namespace => 's', p_key => 'k') @> jsonb_build_object('job', v_first -> 'job', 'replayed', true), 'the first answer';
  perform test.refused(dot.fn_job_enqueue('system.noop', '{"n": 2}', p_namespace => 's', p_key => 'k'), 'idempotency_conflict');
  perform dot.fn_job_enqueue('system.noop', p_namespace => 's', p_key => 'b', p_batch => (dot.fn_batch_open('one') ->> 'batch')::uuid);
  perform test.refused(dot.fn_job_enqueue('system.noop', p_namespace => 's', p_key => 'b', p_batch => (dot.fn_batch_open('other') ->> 'batch')::uuid), 'idempotency_conflict');
  perform test.raises('DT400', $q$select dot.fn_job_enqueue('system.noop', p_priority => 10)$q$);
  perform test.raises('DT404', $q$select dot.fn_job_enqueue('no.kind')$q$);
  assert dot.fn_job_enqueue('system.noop', p_run_at => now() + interval '1 day') ->> 'state' = 'deferred';
end
$$;

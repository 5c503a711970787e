do $$
declare
  v_first jsonb := dot.fn_job_enqueue('system.noop', p_unique_key => 'u');
begin
  assert dot.fn_job_enqueue('system.noop', p_unique_key => 'u') @> jsonb_build_object('job', v_first -> 'job', 'duplicate', true);
  perform dot.fn_job_cancel_many(array[(v_first ->> 'job')::bigint]);
  assert dot.fn_job_enqueue('system.noop', p_unique_key => 'u') ->> 'job' <> v_first ->> 'job', 'when it has ended, another may';
end
$$;

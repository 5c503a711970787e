do $$
declare
  v_batch uuid := (dot.fn_batch_open('b') ->> 'batch')::uuid;
begin
  perform dot.fn_job_enqueue('system.noop_leased', p_unique_key => 'u', p_batch => v_batch);
  perform dot.fn_job_enqueue('system.noop_leased', p_unique_key => 'u', p_batch => v_batch);
  perform dot.fn_job_enqueue_many('system.noop_leased', array['{}', '{}', '{}']::jsonb[], p_unique_keys => array['u', 'v', 'v'], p_batch => v_batch);
  perform test.equal((select total from dot.job_batch where batch_id = v_batch)::int, 2, 'u and v');
  perform set_config('dot.birth', '{"source": "catalog"}', true);
  update dot.job_kind_registry set status = 'retired' where job_kind = 'system.noop_leased';
  perform test.refused(dot.fn_job_enqueue('system.noop_leased', p_batch => v_batch), 'kind_retired');
  perform dot.fn_job_enqueue_many('system.noop_leased', array['{}']::jsonb[], p_batch => v_batch);
  perform test.equal((select total from dot.job_batch where batch_id = v_batch)::int, 2, 'nothing was made');
  perform test.raises('DT404', format('select dot.fn_job_enqueue(%L, p_batch => gen_random_uuid())', 'system.noop'));
  perform test.raises('DT400', format('select dot.fn_job_enqueue(%L, p_concurrency_key => repeat(%L, 501))', 'system.noop', 'x'));
end
$$;

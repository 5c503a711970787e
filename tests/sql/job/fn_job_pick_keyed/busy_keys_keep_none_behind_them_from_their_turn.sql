do $$
declare
  v_queue smallint := (select queue_id from dot.job_lane l join dot.job_kind_registry k using (executor_class, queue_code) where job_kind = 'system.noop_leased');
  v_class smallint := (select class_id from dot.job_lane l join dot.job_kind_registry k using (executor_class, queue_code) where job_kind = 'system.noop_leased');
begin
  perform dot.fn_job_enqueue('system.noop_leased', p_concurrency_key => 'k' || lpad(n::text, 4, '0')) from generate_series(1, 600) n cross join generate_series(1, 2);
  -- One of each key runs.
  update dot.job_queue set state = 'x', slot = 1, claimed_at = now(), deadline_at = now() + interval '1 hour' where job_id in (select min(job_id) from dot.job_queue group by concurrency_key);
  perform dot.fn_job_enqueue('system.noop_leased', p_concurrency_key => 'z');
  perform dot.fn_job_enqueue('system.noop_leased', p_priority => 9, p_concurrency_key => 'a');
  perform test.equal(cardinality((dot.fn_job_pick_keyed(v_queue, v_class, 1)).jobs), 1, 'of a later priority, at once');
  delete from dot.job_queue where concurrency_key = 'a';
  perform test.equal((select sum(cardinality((dot.fn_job_pick_keyed(v_queue, v_class, 1)).jobs)) from generate_series(1, 3)), 1::bigint, 'in its turn');
end
$$;

do $$
declare
  v_low   bigint := (test.jobs(1, 'system.noop'))[1];
  v_keyed bigint := (dot.fn_job_enqueue('system.noop', p_priority => 1, p_concurrency_key => 'k') ->> 'job')::bigint;
  v_queue smallint;
  v_class smallint;
begin
  select queue_id, class_id into v_queue, v_class from dot.job_queue where job_id = v_low;
  perform test.equal(dot.fn_job_pick_lane(v_queue, v_class, false, 5), array[v_low]);
  perform test.equal(dot.fn_job_pick_lane(v_queue, v_class, true, 5), array[v_keyed, v_low]);
  perform test.equal(dot.fn_job_pick_lane(v_queue, v_class, true, 1), array[v_keyed]);
end
$$;

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
  -- Who has a key is asked for once, however many others are in line.
  perform test.jobs(50, 'system.noop'), set_config('track_functions', 'pl', true);
  perform dot.fn_job_pick_lane(v_queue, v_class, true, 5);
  perform test.equal((select calls from pg_stat_xact_user_functions where funcname = 'fn_job_pick_keyed'), 1::bigint);
end
$$;

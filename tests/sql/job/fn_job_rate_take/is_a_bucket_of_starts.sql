do $$
declare
  v_queue smallint := (select queue_id from dot.queue_registry where queue_code = 'bench');
begin
  perform test.equal(dot.fn_job_rate_take(v_queue, 7, 10, '1 hour'), 7);
  perform test.equal(dot.fn_job_rate_take(v_queue, 7, 10, '1 hour'), 3, 'what is left');
  perform test.equal(dot.fn_job_rate_take(v_queue, 7, 10, '1 hour'), 0);
  perform dot.fn_job_rate_give(v_queue, 2);
  perform test.equal(dot.fn_job_rate_take(v_queue, 7, 10, '1 hour'), 2, 'what was given back');
  update dot.queue_rate set refilled_at = clock_timestamp() - interval '2 hours' where queue_id = v_queue;
  perform test.equal(dot.fn_job_rate_take(v_queue, 70, 10, '1 hour'), 10, 'full, and no fuller');
end
$$;

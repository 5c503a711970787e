do $$
declare
  v_worker uuid := test.worker();
begin
  perform test.jobs(12);
  update dot.queue_registry set rate_limit = 5, rate_period = '1 hour' where queue_code = 'bench';
  for n in 1 .. 6 loop
    perform test.claimed(v_worker, 3);
  end loop;
  perform test.equal((select count(*) from dot.job_queue where state = 'x'), 5::bigint);
  update dot.queue_registry set rate_limit = null, rate_period = null, max_running = 7, status = 'paused' where queue_code = 'bench';
  perform test.equal(test.claimed(v_worker, 10), '{}'::jsonb, 'paused');
  update dot.queue_registry set status = 'active' where queue_code = 'bench';
  perform test.claimed(v_worker, 10);
  perform test.equal((select count(*) from dot.job_queue where state = 'x'), 7::bigint, 'two more make seven');
end
$$;

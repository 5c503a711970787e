do $$
declare
  v_letters bigint[] := test.dead();
begin
  perform test.jobs(2);
  perform dot.fn_job_enqueue('system.noop', p_run_at => now() + interval '1 day');
  perform test.claimed(test.worker());
  perform test.equal((select format('%s %s %s %s', ready, deferred, running, dead) from dot.fn_queue_list() where queue = 'bench'), '1 1 1 1');
end
$$;

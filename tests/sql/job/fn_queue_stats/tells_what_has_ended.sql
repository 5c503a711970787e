do $$
declare
  v_letters bigint[] := test.dead(2);
  v_jobs    bigint[] := test.jobs(3);
begin
  perform dot.fn_job_cancel_many(v_jobs);
  perform test.equal((select format('%s %s %s', succeeded, dead, cancelled) from dot.fn_queue_stats() where queue = 'bench' and kind = 'system.noop_leased'), '0 2 3');
  assert not exists (select 1 from dot.fn_queue_stats('0 seconds')), 'nothing since just now';
end
$$;

do $$
declare
  v_worker uuid := test.worker();
begin
  perform test.equal((select count(*) from dot.fn_problems_job()), 0::bigint);
  perform test.jobs(3);
  perform test.claimed(v_worker, 1);
  update dot.job_queue set deadline_at = now() - interval '1 hour' where state = 'x';
  update dot.job_queue set run_at = now() - interval '1 hour' where state = 'r';
  perform test.equal((select string_agg(category || ' ' || signal || ' ' || count || ' ' || cure, '; ' order by signal) from dot.fn_problems_job()),
    'silent expired_leases 1 dot lease reap --yes; overdue starved_queues 2 dot worker run --until-idle --class render --queue bench');
  update dot.dot_config set value = 'false' where config_key = 'queue.worker.enabled';
  assert exists (select 1 from dot.fn_problems_job() where signal = 'starved_queues' and cure = 'dot gate set queue.worker.enabled open --yes'), 'behind a gate';
  -- A pause that nobody ended counts an hour later.
  update dot.queue_registry set status = 'paused' where queue_code = 'bench';
  update dot.job_queue set run_at = now() - interval '10 minutes' where state = 'r';
  assert not exists (select 1 from dot.fn_problems_job() where signal = 'starved_queues'), 'a pause is no trouble';
  update dot.job_queue set run_at = now() - interval '2 hours' where state = 'r';
  assert exists (select 1 from dot.fn_problems_job() where signal = 'starved_queues' and cure = 'dot queue resume bench' and what like '%is paused%');
  perform test.equal((select array_agg(distinct h.signal order by h.signal) from dot.v_queue_health h where not h.ok and h.signal <> 'worker'),
    (select array_agg(distinct p.signal order by p.signal) from dot.fn_problems_job() p), 'both name the same');
end
$$;

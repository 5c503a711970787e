create or replace function dot.fn_bench_jobs(p_jobs int default 20000) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_worker  jsonb;
  v_refused jsonb := dot.fn_command_guard('bench jobs', jsonb_build_object('jobs', p_jobs));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if p_jobs is null or p_jobs not between 1000 and 1000000 then
    raise exception using errcode = 'DT400', message = format('a measurement is of 1000 to 1000000 jobs, not %s', coalesce(p_jobs::text, 'null'));
  end if;
  v_refused := coalesce(dot.fn_job_gate('queue.job_substrate.enabled'), dot.fn_job_gate('queue.worker.enabled'));
  if v_refused is not null then
    return dot.fn_command_answer('bench jobs', v_refused);
  end if;
  if exists (select 1 from dot.job_queue j join dot.queue_registry q using (queue_id) where q.queue_code = 'bench') then
    return dot.fn_command_answer('bench jobs', dot.fn_command_refusal('DT409', 'bench_in_use', 'there are jobs in queue bench already: another measurement, or what one left behind',
      'dot job list --queue bench --state live'));
  end if;
  v_worker := dot.fn_worker_start(array(select distinct k.executor_class from dot.job_kind_registry k where k.job_kind in ('system.noop', 'system.noop_leased')), array['bench'], 'bench');
  if v_worker ? 'refused' then
    return dot.fn_command_answer('bench jobs', v_worker);
  end if;
  return jsonb_build_object('worker', v_worker -> 'worker', 'jobs', p_jobs, 'fsync', current_setting('fsync'), 'synchronous_commit', current_setting('synchronous_commit'), 'server', current_setting('server_version'));
end
$$;
comment on function dot.fn_bench_jobs(int) is
  'Lets a measurement with p_jobs jobs (1000 to 1000000) of queue bench begin. Returns {worker: registered for it, jobs, fsync, synchronous_commit, server}. A refusal while a gate is closed or queue bench holds jobs.';

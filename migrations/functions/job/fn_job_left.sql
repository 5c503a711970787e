create or replace function dot.fn_job_left(p_worker uuid) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select exists (
    select 1 from dot.queue_heartbeat h join dot.v_job_lane l on l.executor_class = any (h.classes) and (h.queues = '{}' or l.queue_code = any (h.queues))
     where h.worker_id = p_worker
       and (l.is_keyed or ((l.max_running is not null or l.rate_limit is not null) and exists (
         select 1 from dot.job_queue j where j.state = 'r' and j.concurrency_key is null and j.queue_id = l.queue_id and j.class_id = l.class_id))))
$$;
comment on function dot.fn_job_left(uuid) is
  'Whether jobs with a concurrency key, or of queues with a limit, are ready in the lines of this worker: none of them may be claimed while as many others run or have started as the limit allows, so a claim that gave nothing does not mean that there is nothing.';

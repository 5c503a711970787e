create or replace function dot.fn_job_left(p_worker uuid) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select exists (
    select 1 from dot.queue_heartbeat h join dot.v_job_lane l on l.executor_class = any (h.classes) and (h.queues = '{}' or l.queue_code = any (h.queues))
     where h.worker_id = p_worker and l.is_keyed)
$$;
comment on function dot.fn_job_left(uuid) is
  'Whether jobs with a concurrency key are ready in the lines of this worker: none of them may be claimed while another of its key runs, so a claim that gave nothing does not mean that there is nothing.';

create or replace function dot.fn_job_limited(p_worker uuid, p_queues text[] default null) returns text[]
language sql stable security definer set search_path = dot, pg_temp
as $$
  select array(
    select distinct l.queue_code
      from dot.queue_heartbeat h
      join dot.executor_class_registry e on e.class_code = any (h.classes) and e.executor_kind = 'database'
      join dot.v_job_lane l on l.executor_class = e.class_code
     where h.worker_id = p_worker and (l.max_running is not null or l.rate_limit is not null)
       and (p_queues is null or l.queue_code = any (p_queues))
       and (l.is_keyed or exists (
         select 1 from dot.job_queue j where j.state = 'r' and j.concurrency_key is null and j.queue_id = l.queue_id and j.class_id = l.class_id))
     order by 1)
$$;
comment on function dot.fn_job_limited(uuid, text[]) is
  'The queues, of these (null: all), that limit how many of their jobs run at once or start in a period, and where jobs of the worker''s executor classes of kind database are ready: fn_job_run_sql leaves them to fn_job_claim and fn_job_run_leased.';

create or replace function dot.fn_queue_list()
returns table (queue text, status text, ready bigint, deferred bigint, running bigint, dead bigint, oldest_ready timestamptz, weight int, max_running int, rate text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select q.queue_code, q.status, coalesce(j.ready, 0), coalesce(j.deferred, 0), coalesce(j.running, 0), coalesce(l.dead, 0), j.oldest, q.weight::int, q.max_running,
         q.rate_limit || ' in ' || q.rate_period::text
    from dot.queue_registry q
    left join (
      select b.queue_id, count(*) filter (where b.state = 'r') as ready, count(*) filter (where b.state = 'd') as deferred, count(*) filter (where b.state = 'x') as running,
             min(b.run_at) filter (where b.state = 'r') as oldest
        from dot.job_queue b group by b.queue_id) j using (queue_id)
    left join (select d.queue_id, count(*) as dead from dot.job_dead_letter d where d.state = 'open' group by d.queue_id) l using (queue_id)
   where q.status <> 'retired'
   order by q.queue_code
$$;
comment on function dot.fn_queue_list() is 'The queues, with what waits, runs and has died in each. oldest_ready: since when the job that waits longest could have run.';

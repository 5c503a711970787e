create or replace function dot.fn_job_lanes(p_queues text[], p_classes text[])
returns table (queue_id smallint, class_id smallint, weight smallint, max_running int, rate_limit int, rate_period interval, share numeric, lanes bigint)
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
as $$
begin
  -- Not in SQL, which would be planned anew at each call.
  return query
  select q.queue_id, c.class_id, q.weight, q.max_running, q.rate_limit, q.rate_period,
         q.weight::numeric / sum(q.weight) over (), count(*) over ()
    from dot.queue_registry q cross join dot.executor_class_registry c
   where q.status = 'active' and (p_queues is null or q.queue_code = any (p_queues))
     and c.status = 'active' and c.executor_class = any (p_classes)
   -- The heavier a queue, the more often it comes first.
   order by random() ^ (1.0 / q.weight) desc;
end
$$;
comment on function dot.fn_job_lanes(text[], text[]) is
  'The lines that a worker of these queues (null: all) and executor classes takes from: one for each active queue and class, in an order that is random by weight. share: of the weight of all of them, of which there are lanes.';

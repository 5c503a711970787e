create or replace function dot.fn_job_pick_open(p_queue_id smallint, p_class_id smallint, p_limit int) returns bigint[]
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set jit = off set enable_bitmapscan = off
as $$
declare
  v_floors constant bigint[] := dot.fn_job_floors(p_queue_id, p_class_id);
begin
  return array(
    select x.job_id
      from generate_series(0, 9) p(priority)
     cross join lateral (
        select j.job_id from dot.job_queue j
         where j.state = 'r' and j.concurrency_key is null and j.queue_id = p_queue_id and j.class_id = p_class_id
           and j.priority = p.priority and j.ready_seq >= v_floors[p.priority + 1]
         order by j.ready_seq limit p_limit for update skip locked) x
     limit p_limit);
end
$$;
comment on function dot.fn_job_pick_open(smallint, smallint, int) is
  'Locks up to p_limit ready jobs without concurrency key of one queue and executor class, first priority first, longest in line first; jobs that another transaction holds are passed over. Returns their numbers in this order.';

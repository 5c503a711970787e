create or replace function dot.fn_job_pick_open(p_queue_id smallint, p_class_id smallint, p_limit int) returns bigint[]
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set enable_bitmapscan = off
as $$
declare
  v_name   constant text := format('dot.floor_%s_%s', p_queue_id, p_class_id);
  v_start  constant bigint := (extract(epoch from clock_timestamp()) * 1000)::bigint;
  -- What this session remembers of the lane: when to scan from the beginning again, when it last raised the floors, then
  -- for each of the ten priorities the floor, and the place that the line has been seen to have come to.
  v_memory bigint[] := nullif(current_setting(v_name, true), '')::bigint[];
  v_whole  boolean;
  v_floor  bigint[];
  v_ids    bigint[];
  v_seen   bigint[];
  v_at     bigint[];
begin
  v_whole := v_memory is null or v_start >= v_memory[1];
  if v_whole then
    v_floor := array_fill(0::bigint, array[10]);
    v_memory := coalesce(v_memory, array[0, v_start] || array_fill(0::bigint, array[20]));
  else
    v_floor := v_memory[3:12];
  end if;
  with picked as materialized (
    select p.priority, x.job_id, x.ready_seq
      from generate_series(0, 9) p(priority)
     cross join lateral (
        select j.job_id, j.ready_seq from dot.job_queue j
         where j.state = 'r' and j.concurrency_key is null and j.queue_id = p_queue_id and j.class_id = p_class_id
           and j.priority = p.priority and j.ready_seq >= v_floor[p.priority + 1]
         order by j.ready_seq limit p_limit for update skip locked) x
     limit p_limit
  )
  select array_agg(k.job_id), (select array_agg(array[s.priority + 13, s.seen]) from (select r.priority, max(r.ready_seq) as seen from picked r group by r.priority) s)
    into v_ids, v_seen
    from picked k;
  if v_whole then
    -- As seldom as it is costly: where dead rows lie before the line, scanning them must stay a small part of the time.
    v_memory[1] := v_start + greatest(1000, 20 * ((extract(epoch from clock_timestamp()) * 1000)::bigint - v_start));
    v_memory[3:12] := array_fill(0::bigint, array[10]);
  end if;
  if v_seen is not null then
    foreach v_at slice 1 in array v_seen loop
      v_memory[v_at[1]] := v_at[2];
    end loop;
  end if;
  if v_start - v_memory[2] >= 50 or v_whole then
    -- What commits late by less than this is found where it belongs.
    v_memory[3:12] := v_memory[13:22];
    v_memory[2] := v_start;
  end if;
  perform set_config(v_name, v_memory::text, false);
  return coalesce(v_ids, '{}');
end
$$;
comment on function dot.fn_job_pick_open(smallint, smallint, int) is
  'Locks up to p_limit ready jobs without concurrency key of one queue and executor class, first priority first, longest in line first; jobs that another transaction holds are passed over. Returns their numbers in this order. The session remembers in a setting dot.floor_<queue>_<class> how far the line has come, and begins there rather than wade through the dead rows of ended jobs; about every second it looks at the whole line, for jobs that were committed late or given back. A setting that is lost or belongs to another client''s session costs a scan, never a job.';

create or replace function dot.fn_job_floors(p_queue_id smallint, p_class_id smallint) returns bigint[]
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set jit = off set enable_bitmapscan = off
as $$
declare
  v_name   constant text := format('dot.floor_%s_%s', p_queue_id, p_class_id);
  v_now    constant bigint := (extract(epoch from clock_timestamp()) * 1000)::bigint;
  -- What this session remembers of the lane: when to look at the whole line again, when it last looked where the line
  -- begins, then for each of the ten priorities the floor, and where the line began at that look.
  v_memory bigint[] := nullif(current_setting(v_name, true), '')::bigint[];
  v_begins bigint[];
  v_whole  boolean;
begin
  -- What a job left in its place is not believed for long.
  if v_memory is not null and (v_memory[1] > v_now + 600000 or v_memory[2] > v_now or cardinality(v_memory) <> 22) then
    v_memory := null;
  end if;
  if v_now < v_memory[1] and v_now < v_memory[2] + 50 then
    return v_memory[3:12];
  end if;
  v_whole := v_memory is null or v_now >= v_memory[1];
  v_begins := array(
    select coalesce((
        select j.ready_seq from dot.job_queue j
         where j.state = 'r' and j.concurrency_key is null and j.queue_id = p_queue_id and j.class_id = p_class_id and j.priority = p
           and j.ready_seq >= case when v_whole then 0 else v_memory[p + 3] end
         order by j.ready_seq limit 1), v_memory[p + 13], 0)
      from generate_series(0, 9) p order by p);
  -- What commits late by less than the time between two looks is found where it belongs; what comes later than that, or is
  -- given back, by a look at the whole line. That is as seldom as it is costly: where dead rows lie before the line, it must
  -- stay a small part of the time.
  v_memory := array[
    case when v_whole then v_now + least(600000, greatest(1000, 20 * ((extract(epoch from clock_timestamp()) * 1000)::bigint - v_now))) else v_memory[1] end, v_now]
    || case when v_whole then array(select least(u.now, u.before) from unnest(v_begins, v_memory[13:22]) with ordinality u(now, before, n) order by u.n) else v_memory[13:22] end
    || v_begins;
  perform set_config(v_name, v_memory::text, false);
  return v_memory[3:12];
end
$$;
comment on function dot.fn_job_floors(smallint, smallint) is
  'Where, for each of the ten priorities, the line of ready jobs without concurrency key of one queue and executor class begins: the least ready_seq that a claim must look at, rather than wade through the dead rows of ended jobs. The session remembers it in a setting dot.floor_<queue>_<class>; about every second it looks at the whole line, for jobs that were committed late or given back. A setting that is lost or belongs to another client''s session costs a scan, never a job.';

create or replace function dot.fn_job_pick_lane(p_queue_id smallint, p_class_id smallint, p_keyed boolean, p_limit int) returns bigint[]
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_ids bigint[] := dot.fn_job_pick_open(p_queue_id, p_class_id, p_limit);
begin
  if not p_keyed then
    return v_ids;
  end if;
  -- Asked for once, and not for each row that the next statement looks at.
  v_ids := v_ids || (dot.fn_job_pick_keyed(p_queue_id, p_class_id, p_limit)).jobs;
  -- Both are locked up to the limit; the first of them are taken, by priority and place in line.
  return array(
    select j.job_id from dot.job_queue j
     where j.job_id = any (v_ids)
     order by j.priority, j.ready_seq limit p_limit);
end
$$;
comment on function dot.fn_job_pick_lane(smallint, smallint, boolean, int) is
  'Locks up to p_limit ready jobs of one queue and executor class, with and (p_keyed: there are such) without a concurrency key, as fn_job_pick_open and fn_job_pick_keyed do. Returns their numbers, first priority first, longest in line first.';

create or replace function dot.fn_job_pick_together(p_queue_id smallint, p_class_id smallint, p_keyed boolean, p_limit int, p_first boolean) returns bigint[]
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_want  int := p_limit;
  v_ids   bigint[];
  v_apart int;
begin
  -- The first in line says which it is to be: of many that are carried out apart, one alone is locked.
  v_ids := dot.fn_job_pick_lane(p_queue_id, p_class_id, p_keyed, 1);
  if cardinality(v_ids) = 0 or (select (k.target ->> 'set')::boolean is not true from dot.job_queue j join dot.job_kind_registry k using (kind_id) where j.job_id = v_ids[1]) then
    return case when p_first then v_ids else '{}' end;
  end if;
  for v_look in 1 .. 2 loop
    begin
      v_ids := dot.fn_job_pick_lane(p_queue_id, p_class_id, p_keyed, v_want);
      select min(i.n) into v_apart
        from unnest(v_ids) with ordinality i(job_id, n) join dot.job_queue j using (job_id) join dot.job_kind_registry k using (kind_id)
       where (k.target ->> 'set')::boolean is not true;
      if v_apart is null then
        return v_ids;
      end if;
      -- Nobody else may be kept from those that are not carried out: their locks go with the savepoint.
      raise exception using errcode = 'DT409', message = 'a job is carried out apart';
    exception when sqlstate 'DT409' then
      if v_apart is null then
        raise;
      end if;
      v_want := greatest(v_apart - 1, 1);
    end;
  end loop;
  return '{}'::bigint[];
end
$$;
comment on function dot.fn_job_pick_together(smallint, smallint, boolean, int, boolean) is
  'Locks those of the first p_limit ready jobs of one queue and executor class that may be carried out in one transaction: as many as come before the first whose function takes one job, or that one alone where it is the first and p_first (nothing has been carried out in this transaction). What a function of one job leaves to its transaction (set local, a lock, a deferred constraint) is seen by no other job; a function of a set answers for its set. Returns their numbers, first priority first, longest in line first; none where others took them meanwhile.';

create or replace function dot.fn_partition_ensure(p_parent text, p_day date) returns boolean
language plpgsql volatile security definer set search_path = dot, pg_temp set timezone = 'UTC'
as $$
declare
  v_name text := format('%s_%s', p_parent, to_char(p_day, 'YYYYMMDD'));
begin
  if to_regclass(format('dot.%I', v_name)) is not null then
    return false;
  end if;
  -- Whoever comes second waits for the first and finds it made; the lock goes with the transaction.
  perform dot.fn_lock_take('partition', v_name);
  -- By a query, not to_regclass: what this session has cached may be older than the lock.
  if exists (select 1 from pg_class c where c.relname = v_name and c.relnamespace = 'dot'::regnamespace) then
    return false;
  end if;
  -- Made apart and then attached: that locks out nobody who reads or writes the other days.
  execute format('create table dot.%I (like dot.%I including all)', v_name, p_parent);
  execute format('alter table dot.%I attach partition dot.%I for values from (%L) to (%L)', p_parent, v_name, p_day::timestamptz, (p_day + 1)::timestamptz);
  return true;
end
$$;
comment on function dot.fn_partition_ensure(text, date) is
  'Makes the partition dot.<parent>_<yyyymmdd> for one day (UTC) of a table that is partitioned by range of a timestamptz, unless it is there. Returns whether it made it. Two callers may race.';

create or replace function dot.fn_job_partitions() returns int
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on set timezone = 'UTC' set lock_timeout = '40ms'
as $$
declare
  v_today   constant date := clock_timestamp()::date;
  v_old     text;
  v_dropped int := 0;
begin
  perform dot.fn_partition_ensure('job_history', v_today + d) from generate_series(0, 4) d;
  for v_old in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'dot.job_history'::regclass and c.relname ~ '^job_history_\d{8}$'
       and to_date(right(c.relname, 8), 'YYYYMMDD') < v_today - dot.fn_config_int('queue.history.days')::int
  loop
    begin
      execute format('drop table dot.%I', v_old);
      v_dropped := v_dropped + 1;
    exception when lock_not_available then
      -- Behind a reader of the history, with every end of a job behind it, it would stop them all. The next time, then.
      return v_dropped;
    end;
  end loop;
  return v_dropped;
end
$$;
comment on function dot.fn_job_partitions() is
  'Makes the partitions of job_history four days ahead, and drops those older than queue.history.days. Waits 40 ms for a lock at most, for others wait behind it. Returns how many it dropped.';

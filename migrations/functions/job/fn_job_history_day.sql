create or replace function dot.fn_job_history_day() returns void
language plpgsql volatile security definer set search_path = dot, pg_temp set timezone = 'UTC'
as $$
declare
  v_today constant date := clock_timestamp()::date;
begin
  if current_setting('dot.history_day', true) is distinct from v_today::text then
    -- Tomorrow's too: midnight may come before the transaction that asked.
    perform dot.fn_partition_ensure('job_history', v_today + d) from generate_series(0, 1) d;
    perform set_config('dot.history_day', v_today::text, false);
  end if;
end
$$;
comment on function dot.fn_job_history_day() is
  'Sees to it that job_history has a partition for now. Housekeeping makes them days ahead; this is for a database where it does not run. Each session looks once a day.';
create or replace trigger protect before update or delete on dot.job_history for each row execute function dot.fn_history_protect();
create or replace trigger protect_truncate before truncate on dot.job_history for each statement execute function dot.fn_history_protect();
alter table dot.job_history enable always trigger protect, enable always trigger protect_truncate;

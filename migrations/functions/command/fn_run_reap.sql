create or replace function dot.fn_run_reap(p_older_than interval default '0 seconds') returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('run reap', jsonb_build_object('older_than', p_older_than::text));
  v_runs    uuid[];
begin
  if v_refused is not null then
    return v_refused;
  end if;
  with dead as (
    -- A run within its transaction holds its row's lock, and one between its statements has a living backend: neither is touched.
    select r.run_id from dot.dot_command_run r
     where r.state = 'started'
       and r.started_at <= clock_timestamp() - p_older_than
       and not exists (
         select 1 from pg_stat_activity a where a.pid = r.backend_pid and (a.backend_start is null or a.backend_start <= r.started_at))
     order by r.run_id
     for update skip locked
  ),
  reaped as (
    update dot.dot_command_run r
       set state = 'abandoned', finished_at = clock_timestamp(),
           error = jsonb_build_object('code', 'DT410', 'kind', 'abandoned', 'message', 'the client or the server ended before the outcome; there was no effect')
      from dead where r.run_id = dead.run_id
    returning r.run_id)
  select coalesce(array_agg(run_id order by run_id), '{}') into v_runs from reaped;
  return jsonb_build_object('abandoned', cardinality(v_runs), 'run_ids', v_runs);
end
$$;
comment on function dot.fn_run_reap(interval) is
  'Marks as abandoned, once, each run that is still started although its backend is gone. A run that is going on is never touched; if one were, its fn_command_enter and fn_command_finish would refuse. Returns {abandoned, run_ids}.';

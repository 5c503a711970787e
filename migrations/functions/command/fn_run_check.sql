create or replace function dot.fn_run_check() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  with orphan as (
    select r.run_id from dot.dot_command_run r
     where r.state = 'started'
       and not exists (select 1 from pg_stat_activity a where a.pid = r.backend_pid and (a.backend_start is null or a.backend_start <= r.started_at)))
  select jsonb_build_object('ok', not exists (select 1 from orphan),
    'going_on', (select count(*) from dot.dot_command_run where state = 'started') - (select count(*) from orphan),
    'orphans', coalesce((select jsonb_agg(run_id order by run_id) from orphan), '[]'))
$$;
comment on function dot.fn_run_check() is 'Whether any run is still started although its backend is gone: {ok, going_on, orphans: [run_id]}.';

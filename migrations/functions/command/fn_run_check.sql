create or replace function dot.fn_run_check() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  with orphan as (select o.run_id from dot.fn_run_orphans() o)
  select jsonb_build_object('ok', not exists (select 1 from orphan),
    'going_on', (select count(*) from dot.dot_command_run where state = 'started') - (select count(*) from orphan),
    'orphans', coalesce((select jsonb_agg(run_id order by run_id) from orphan), '[]'))
    || case when exists (select 1 from orphan) then jsonb_build_object('cure', 'dot run reap --yes') else '{}' end
$$;
comment on function dot.fn_run_check() is
  'Whether any run is still started although its backend is gone: {ok, going_on, orphans: [run_id], cure: the command that marks them as abandoned, where there are any}.';

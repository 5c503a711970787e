create or replace function dot.fn_audit_unsealed() returns jsonb
language sql stable security definer set search_path = dot, pg_temp set work_mem = '64MB'
as $$
  with since as materialized (
    -- Once, and not for each of a million runs.
    select dot.fn_clock_now() - make_interval(mins => dot.fn_config_int('audit.seal_within_minutes')::int) as at,
           greatest(clock_timestamp(), dot.fn_clock_now()) + interval '1 hour' as ahead
  ),
  late as (
    select r.run_id, r.finished_at from dot.dot_command_run r
     where r.state <> 'started'
       -- Nothing finishes in the future: what says so would never be late.
       and (r.finished_at < (select at from since) or r.finished_at > (select ahead from since))
       and not exists (select 1 from dot.audit_leaf l where l.run_id = r.run_id and l.leaf_kind = 'run/1')
  )
  select jsonb_build_object('count', (select count(*) from late), 'oldest', (select min(finished_at) from late),
    'run_ids', (select coalesce(jsonb_agg(run_id), '[]') from (select run_id from late order by finished_at, run_id limit 20) l))
$$;
comment on function dot.fn_audit_unsealed() is
  'Finished runs that are not sealed, older than setting audit.seal_within_minutes or of the future, looked for in the whole audit: {count, oldest, run_ids: the first 20}.';

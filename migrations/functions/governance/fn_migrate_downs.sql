create or replace function dot.fn_migrate_downs() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce(jsonb_object_agg(d.version, d.digest order by r.finished_at, r.run_id), '{}')
    from dot.dot_command_run r cross join jsonb_each(r.outcome -> 'downs') d(version, digest)
   where r.state = 'succeeded' and r.mode <> 'read' and jsonb_typeof(r.outcome -> 'downs') = 'object'
     and (r.command_code = any ((select dot.fn_command_with('alter_schema'))::text[]) or not exists (select 1 from dot.dot_command_catalog))
$$;
comment on function dot.fn_migrate_downs() is
  'The down file of each migration as the run that applied it has it, or a later one that was told to take it as it is: {version: sha-256 of the file, none where there was none}.';

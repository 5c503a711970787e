create or replace function dot.fn_audit_schema() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  with
    known as (
      select k.command_code, k.spec -> 'duties' ? 'alter_schema' as alters from dot.dot_command_catalog k
       where k.source = 'binary' and k.spec -> 'duties' ?| array['alter_schema', 'apply_proposal']
    ),
    runs as (
      select r.run_id, r.command_code, r.outcome, r.finished_at, k.alters
        from known k join dot.dot_command_run r on r.command_code = k.command_code
       where r.state = 'succeeded' and r.mode <> 'read' and case when k.alters then r.outcome ? 'fingerprint' else r.outcome ->> 'kind' = 'schema_accept' end
      union all
      -- Before the first sync nothing else has run.
      select r.run_id, r.command_code, r.outcome, r.finished_at, true from dot.dot_command_run r
       where not exists (select 1 from dot.dot_command_catalog) and r.state = 'succeeded' and r.mode <> 'read' and r.outcome ? 'fingerprint'
    ),
    last as (select * from runs where alters order by finished_at desc limit 1),
    accepted as (
      select row_number() over (order by r.finished_at, d.n) as n, d.one ->> 'object' as object, d.one ->> 'live' as definition
        from last l join runs r on not r.alters and r.finished_at > l.finished_at
       cross join jsonb_array_elements(r.outcome -> 'accepted') with ordinality d(one, n)
    )
  select jsonb_build_object('run_id', l.run_id, 'command', l.command_code, 'at', l.finished_at, 'fingerprint', l.outcome -> 'fingerprint',
           'server', l.outcome -> 'server',
           'unaccounted', case when not exists (
             select 1 from accepted a where a.object = 'schema dot as a whole' and a.definition = l.outcome ->> 'fingerprint') then l.outcome -> 'unaccounted' end,
           'objects', (select s.objects from dot.dot_schema_snapshot s
                        where s.fingerprint = l.outcome ->> 'fingerprint' order by s.snapshot_id desc limit 1),
           'changed', (
             select coalesce(jsonb_agg(jsonb_build_array(c.object, c.definition) order by c.accepted, c.n), '[]')
               from (select false as accepted, f.n, f.one ->> 'object' as object, f.one ->> 'accounted' as definition
                       from jsonb_array_elements(l.outcome -> 'found') with ordinality f(one, n)
                     union all
                     select true, a.n, a.object, a.definition from accepted a where a.object <> 'schema dot as a whole') c))
    from last l
$$;
comment on function dot.fn_audit_schema() is
  'The schema as the platform accounts for it: {run_id, command, at, fingerprint, server, objects, unaccounted, changed}. The last migrate apply or revert left objects, as kept then, null where they were not; of these it did not make what its outcome calls found, and people accepted other definitions since: changed is both in their order, as [object, definition], null for none. unaccounted is the fingerprint that was last known where a run found no objects to go by. Null when there was no run. The client compares it with the schema as it is.';

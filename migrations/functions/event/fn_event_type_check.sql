create or replace function dot.fn_event_type_check(p_type text default null, p_version text default null) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  with entry as (
    select * from dot.event_type_registry t where (p_type is null or t.event_type = p_type) and (p_version is null or t.schema_version = p_version)
  ),
  finding as (
    select t.entry_key as key, f.problem
      from entry t
     cross join lateral (
       select 'its schema is not the one that was registered' as problem where t.fingerprint <> encode(sha256(convert_to(t.schema_jsonb::text, 'UTF8')), 'hex')
       union all
       select 'its compiled function is gone' where t.validator is not null and to_regprocedure(t.validator || '(jsonb)') is null
       union all
       select 'its compiled function is not the work of the compiler' where t.validator is not null and exists (
         select 1 from pg_proc p where p.oid = to_regprocedure(t.validator || '(jsonb)') and (p.proowner <> 'dot_owner'::regrole or p.provolatile <> 'i'))
       union all
       select 'it has no birth' where not exists (select 1 from dot.registry_birth b where b.registry_code = 'event-types' and b.entry_key = t.entry_key)
       union all
       select 'it breaks what was there, without a change policy' where t.compat_mode = 'breaking_with_policy' and t.change_policy is not null and not exists (
         select 1 from dot.schema_change_policy c where c.schema_change_policy_id = t.change_policy and c.event_type = t.event_type and c.to_schema_version = t.schema_version)) f
  )
  select jsonb_build_object('ok', not exists (select 1 from finding) and (p_type is null or exists (select 1 from entry)),
    'types', (select count(distinct event_type) from entry), 'versions', (select count(*) from entry), 'compiled', (select count(*) from entry where validator is not null),
    'problems', coalesce((select jsonb_agg(jsonb_build_object('key', key, 'problem', problem) order by key, problem) from finding), '[]'))
$$;
comment on function dot.fn_event_type_check(text, text) is
  'Whether event types are as they were registered: {ok, types, versions, compiled, problems: [{key, problem}]}; not ok for an unknown type or version.';

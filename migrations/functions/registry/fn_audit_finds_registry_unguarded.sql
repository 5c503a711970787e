create or replace function dot.fn_audit_finds_registry_unguarded()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select 'registry_unguarded', r.registry_code, null::uuid, format('table %s has no trigger %s that fires always, as its declaration asks', g.relation, g.name)
    from dot.registry_catalog r cross join lateral dot.fn_registry_guards(r) g
   where not g.is_there
   order by r.registry_code, g.name
$$;
comment on function dot.fn_audit_finds_registry_unguarded() is
  'registry_unguarded: registries whose table lacks a trigger by which entries are born or recorded.';

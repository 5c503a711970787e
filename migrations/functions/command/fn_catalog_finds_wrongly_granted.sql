create or replace function dot.fn_catalog_finds_wrongly_granted(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with reached as materialized (select * from dot.fn_catalog_reached(p_given))
  select r.code, 'wrongly_granted',
         format('%s may call %s, which the file does not say', case when a.grantee = 0 then 'everyone' else a.grantee::regrole::text end, p.oid::regprocedure)
    from reached r
    join pg_namespace n on n.nspname = r.space
    join pg_proc p on p.proname = r.function and p.pronamespace = n.oid
    cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
   where a.privilege_type = 'EXECUTE' and a.grantee <> p.proowner
     and not exists (
       select 1 from reached o where o.function = r.function and o.space = r.space
          and case when a.grantee = 0 then 'public' else a.grantee::regrole::text end = any(o.roles))
$$;
comment on function dot.fn_catalog_finds_wrongly_granted(jsonb) is
  'For fn_catalog_check: wrongly_granted, a role that may call a function of commands and is named by none of them.';

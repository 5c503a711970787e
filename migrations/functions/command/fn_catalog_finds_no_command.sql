create or replace function dot.fn_catalog_finds_no_command(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with reached as materialized (select distinct r.function from dot.fn_catalog_reached(p_given) r where r.space = 'dot')
  select null, 'no_command', format('%s may call %s, which belongs to no command', case when a.grantee = 0 then 'everyone' else a.grantee::regrole::text end, p.oid::regprocedure)
    from pg_proc p cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
   where p.pronamespace = 'dot'::regnamespace and a.privilege_type = 'EXECUTE' and a.grantee <> p.proowner
     and p.proname <> all(dot.fn_command_protocol())
     and not exists (select 1 from reached r where r.function = p.proname)
$$;
comment on function dot.fn_catalog_finds_no_command(jsonb) is
  'For fn_catalog_check: no_command, a function that someone may call and that belongs to no command.';

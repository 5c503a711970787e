create or replace function dot.fn_audit_finds_function_elsewhere()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select 'function_elsewhere', p.oid::regprocedure::text, null::uuid, 'it runs with the rights of dot_owner, and no command in the catalogue is carried out by it'
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace and n.nspname not in ('dot', 'dot_compiled')
   where p.proowner = 'dot_owner'::regrole and p.prosecdef
     and not exists (
       select 1 from dot.dot_command_catalog k
        where k.status <> 'retired' and k.source <> 'binary' and to_regproc(k.pg_function) = p.oid)
   order by 2
$$;
comment on function dot.fn_audit_finds_function_elsewhere() is
  'For fn_audit_objects: function_elsewhere, functions outside schema dot that run with the rights of dot_owner though no command of a team is carried out by them.';

create or replace function dot.fn_audit_finds_function_granted()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp set quote_all_identifiers = off
as $$
  select 'function_granted', 'dot.' || p.oid::regprocedure, null::uuid,
         case when x.grantee = 0 then 'everyone' else x.grantee::regrole::text end
           || case when x.is_grantable then ' may call it and let others call it' else ' may call it, and no command says so' end
    from pg_proc p
   cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
   where p.pronamespace = 'dot'::regnamespace and x.grantee <> p.proowner
     and (x.is_grantable or not exists (
           select 1 from dot.dot_command_catalog k cross join unnest(k.roles) r(role)
            where k.status <> 'retired' and (k.pg_function = p.proname or k.spec -> 'grants' ? p.proname::text) and to_regrole(r.role) = x.grantee)
         and not (x.grantee = 'dot_reader'::regrole and p.proname = any(dot.fn_command_protocol())))
   order by 2, 4
$$;
comment on function dot.fn_audit_finds_function_granted() is
  'For fn_audit_objects: function_granted, functions of the platform that somebody may call whom no command in the catalogue lets call them. Who may call too little harms nothing that is recorded: dot catalog check names it.';

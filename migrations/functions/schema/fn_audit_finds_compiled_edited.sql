create or replace function dot.fn_audit_finds_compiled_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select 'compiled_edited', coalesce(c.function_name, p.oid::regprocedure::text), null::uuid,
         case when c.function_name is null then 'the platform did not make it'
              when p.oid is null then 'the platform made it, and it is gone'
              else 'it is not as the platform made it' end
    from (select p.oid, p.proowner from pg_proc p where p.pronamespace = to_regnamespace('dot_compiled')) p
    full join dot.schema_compiled c on to_regprocedure(c.function_name)::oid = p.oid
   where c.function_name is null or p.oid is null or p.proowner <> 'dot_owner'::regrole
      -- Another major version may write the same function otherwise.
      or c.major = current_setting('server_version_num')::int / 10000
         and c.digest <> encode(sha256(convert_to(pg_get_functiondef(p.oid), 'UTF8')), 'hex')
   order by 2
$$;
comment on function dot.fn_audit_finds_compiled_edited() is
  'For fn_audit_objects: compiled_edited, functions of schema dot_compiled that are not as the platform made them (schema_compiled), as far as this server writes functions as the one did on which they were made.';

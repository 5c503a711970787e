create or replace function dot.fn_command_function(p_command text) returns regprocedure
language sql stable security definer set search_path = dot, pg_temp
as $$
  select case when count(*) = 1 then min(p.oid) filter (where p.proowner = 'dot_owner'::regrole and p.prokind = 'f') end ::regprocedure
    from dot.dot_command_catalog k
    join pg_namespace n on n.nspname = case when k.pg_function like '%.%' then split_part(k.pg_function, '.', 1) else 'dot' end
    join pg_proc p on p.pronamespace = n.oid and p.proname = case when k.pg_function like '%.%' then split_part(k.pg_function, '.', 2) else k.pg_function end
   where k.command_code = p_command and k.status <> 'retired'
$$;
comment on function dot.fn_command_function(text) is
  'The one function that fn_command_perform calls for a command: one of dot_owner, of the platform or of a team whose function was adopted (ALTER FUNCTION … OWNER TO dot_owner). Null where the command is a builtin, or its function is missing, overloaded or someone else''s: such a run is made with the caller''s own rights (fn_command_enter).';

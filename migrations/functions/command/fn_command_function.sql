create or replace function dot.fn_command_function(p_command text) returns regprocedure
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_named text := (select k.pg_function from dot.dot_command_catalog k where k.command_code = p_command and k.status <> 'retired');
  v_found oid[];
begin
  select array_agg(p.oid order by p.oid) into v_found
    from pg_proc p
   where p.proname = case when v_named like '%.%' then split_part(v_named, '.', 2) else v_named end
     and p.pronamespace = to_regnamespace(quote_ident(case when v_named like '%.%' then split_part(v_named, '.', 1) else 'dot' end));
  if cardinality(v_found) is distinct from 1 then
    return null;
  end if;
  return (select p.oid::regprocedure from pg_proc p where p.oid = v_found[1] and p.proowner = 'dot_owner'::regrole and p.prokind = 'f');
end
$$;
comment on function dot.fn_command_function(text) is
  'The one function that fn_command_perform calls for a command: one of dot_owner, of the platform or of a team whose function was adopted (ALTER FUNCTION … OWNER TO dot_owner). Null where the command is a builtin, or its function is missing, overloaded or someone else''s: such a run is made with the caller''s own rights (fn_command_enter).';

create or replace function dot.fn_command_pair(p_command text) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select p.command_code
    from dot.dot_command_catalog k join dot.dot_command_catalog p on p.command_code = k.pair_command
   where k.command_code = p_command and dot.fn_command_function(p.command_code) is not null and not jsonb_path_exists(p.spec, '$.args[*] ? (@.type == "catalog")')
$$;
comment on function dot.fn_command_pair(text) is
  'The pair of a command where the database can run it by itself: it is a function of the platform, and takes nothing that only the program has. Null where not.';

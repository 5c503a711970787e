create or replace function dot.fn_command_hooked(p_hook text) returns regproc
language sql stable security definer set search_path = dot, pg_temp
as $$
  select p.oid::regproc
    from dot.command_hook h
    join pg_proc p on p.proname = h.function_name and p.pronamespace = 'dot'::regnamespace and p.proowner = 'dot_owner'::regrole
         and p.prokind = 'f' and not p.proretset
         and (oidvectortypes(p.proargtypes) = 'uuid, jsonb' and p.prorettype = 'jsonb'::regtype
           or oidvectortypes(p.proargtypes) = 'text, text' and p.provolatile <> 'v')
   where h.hook = p_hook
$$;
comment on function dot.fn_command_hooked(text) is
  'The function that answers a hook (command_hook): of schema dot and dot_owner, taking two texts and writing nothing, or, what may write, taking a uuid and a jsonb. Null where there is none.';

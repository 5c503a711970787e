create or replace function dot.fn_command_entry_used(p_registry text, p_key text) returns void
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  perform dot.fn_command_hook('entry_used', p_registry, p_key);
end
$$;
comment on function dot.fn_command_entry_used(text, text) is
  'fn_registry_used for the domains below the registry: warns where an entry that is used by name is deprecated.';

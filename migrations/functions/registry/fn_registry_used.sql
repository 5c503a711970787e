create or replace function dot.fn_registry_used(p_registry text, p_key text) returns void
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_reason text;
begin
  select b.reason into v_reason from dot.registry_birth b
   where b.registry_code = p_registry and b.entry_key = p_key and b.lifecycle = 'deprecated';
  if found then
    perform dot.fn_command_warn(format('%s of registry %s is deprecated: %s', p_key, p_registry, v_reason));
  end if;
end
$$;
comment on function dot.fn_registry_used(text, text) is
  'To be called where an entry of a registry is used by name: warns, as fn_command_warn does, when it is deprecated. What is archived the domain of the registry refuses.';

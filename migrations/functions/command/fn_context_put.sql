create or replace function dot.fn_context_put(p_name text, p_value text) returns void
language sql volatile security definer set search_path = dot, pg_temp
as $$
  select set_config('dot.' || p_name, dot.fn_context_sign(p_name, p_value) || p_value, true)
$$;
comment on function dot.fn_context_put(text, text) is
  'Notes something in a setting dot.<p_name> of this transaction that fn_context_get believes; an empty setting takes it back.';

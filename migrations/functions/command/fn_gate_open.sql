create or replace function dot.fn_gate_open(p_gate text) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce((select value = 'true' from dot.dot_config where config_key = p_gate and value_type = 'bool'), false)
$$;
comment on function dot.fn_gate_open(text) is 'Whether a gate is open. A gate that does not exist is closed.';

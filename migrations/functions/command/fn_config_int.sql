create or replace function dot.fn_config_int(p_key text) returns bigint
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_value bigint;
begin
  select (value #>> '{}')::bigint into v_value from dot.dot_config where config_key = p_key and value_type = 'int';
  if not found then
    raise exception using errcode = 'DT500', message = format('setting %s is not declared', p_key),
      hint = 'Declare it in catalog/settings and run: dot catalog sync';
  end if;
  return v_value;
end
$$;
comment on function dot.fn_config_int(text) is 'The value of an integer setting. DT500 when it is not declared.';

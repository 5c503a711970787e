create or replace function dot.fn_config_text(p_key text) returns text
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_value text;
begin
  select value #>> '{}' into v_value from dot.dot_config where config_key = p_key and value_type = 'text';
  if not found then
    raise exception using errcode = 'DT500', message = format('setting %s is not declared', p_key),
      hint = 'Declare it in catalog/settings and run: dot catalog sync';
  end if;
  return v_value;
end
$$;
comment on function dot.fn_config_text(text) is 'The value of a text setting. DT500 when it is not declared.';

create or replace function dot.fn_schema_keyed(p_literal jsonb) returns jsonb
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_text text := (p_literal -> 's')::text;
begin
  return p_literal || jsonb_build_object('h', md5(case
    when position('"$ref"' in v_text) > 0 or position('"$dynamicRef"' in v_text) > 0 or position('"$id"' in v_text) > 0 then concat(v_text, ' ', p_literal ->> 'b', ' ', p_literal ->> 'l')
    else v_text end));
end
$$;
comment on function dot.fn_schema_keyed(jsonb) is
  'A literal {s, n, b, l} of fn_schema_sat with h: the same for literals whose schemas mean the same, negated or not. What refers to something means the same only in the same place.';

create or replace function dot.fn_schema_holds(p_links jsonb, p_literals jsonb, p_value jsonb) returns boolean
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_literal jsonb;
  v_eval    record;
  v_label   text;
  v_link    jsonb;
begin
  for v_literal in select e from jsonb_array_elements(p_literals) e loop
    if v_label is distinct from v_literal ->> 'l' then
      v_label := v_literal ->> 'l';
      v_link := p_links -> v_label;
    end if;
    select * into v_eval from dot.fn_schema_eval(v_link, v_literal -> 's', v_literal ->> 'b', '{}', '{}', p_value, '', '', true, 100000);
    if (v_eval.o_errors = '[]') = (v_literal -> 'n' = 'true') then
      return false;
    end if;
  end loop;
  return true;
end
$$;
comment on function dot.fn_schema_holds(jsonb, jsonb, jsonb) is
  'Whether a value satisfies every literal [{s: schema, n: negated, b: base, l: which link}] of fn_schema_sat, by the validator.';

create or replace function dot.fn_schema_sat(p_links jsonb, p_literals jsonb, p_stack text[], inout p_budget int, out o_empty boolean, out o_witness jsonb, out o_why text)
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_key  text;
  v_type text;
  v_sub  record;
begin
  o_empty := false;
  if p_literals = '[]' then
    o_witness := '0';
    return;
  end if;
  select md5(string_agg(distinct e::text, ' ' order by e::text)) into v_key from jsonb_array_elements(p_literals) e;
  if v_key = any (p_stack) then
    -- A value that needs a value of the same kind within itself, and has no other way to be, is not finite.
    o_empty := true;
    return;
  elsif cardinality(p_stack) > 12 then
    o_why := 'depth';
    return;
  end if;
  o_empty := true;
  foreach v_type in array array['null', 'boolean', 'number', 'string', 'array', 'object'] loop
    -- What says its type has no value of another.
    continue when exists (
      select 1 from jsonb_array_elements(p_literals) e
       where e -> 'n' = 'false' and jsonb_typeof(e -> 's') = 'object' and e -> 's' ? 'type'
         and not (e -> 's' -> 'type' ? v_type or (v_type = 'number' and e -> 's' -> 'type' ? 'integer')));
    select * into v_sub from dot.fn_schema_sat_type(p_links, v_type, p_literals, '[]', '[]', p_stack || coalesce(v_key, ''), p_budget);
    p_budget := v_sub.p_budget;
    if not v_sub.o_empty then
      o_empty := false;
      o_why := coalesce(o_why, v_sub.o_why);
      if v_sub.o_witness is not null then
        o_witness := v_sub.o_witness;
        return;
      end if;
    end if;
  end loop;
end
$$;
comment on function dot.fn_schema_sat(jsonb, jsonb, text[], int) is
  'Whether any JSON value satisfies all literals [{s: schema, n: negated, b: base, l: key of its link in p_links}]: o_empty is true only when it is proved that none does; o_witness is one that does, checked by the validator. Neither: undecided, and o_why names the keyword. p_stack: the questions around this one; p_budget: steps left. A tableau: split by type, then by the boolean keywords, then decided by the rules of the type.';

create or replace function dot.fn_schema_solve(p_links jsonb, p_type text, p_atoms jsonb, p_stack text[], inout p_budget int, out o_empty boolean, out o_witness jsonb, out o_why text)
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_values jsonb;
  v_value  jsonb;
  v_sub    record;
begin
  -- Where there are few values, each is tried.
  select jsonb_agg(e) into v_values
    from jsonb_array_elements((select a #> '{s,enum}' from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom' and a -> 'n' = 'false' and a -> 's' ? 'enum' limit 1)) e;
  if exists (select 1 from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom' and a -> 'n' = 'false' and a -> 's' ? 'enum') then
    v_values := coalesce(v_values, '[]');
  elsif p_type = 'null' then
    v_values := '[null]';
  elsif p_type = 'boolean' then
    v_values := '[false, true]';
  end if;
  if v_values is not null then
    o_empty := true;
    for v_value in select e from jsonb_array_elements(v_values) e loop
      p_budget := p_budget - 1;
      if dot.fn_schema_holds(p_links, p_atoms, v_value) then
        o_empty := false;
        o_witness := v_value;
        return;
      end if;
    end loop;
    return;
  end if;
  case p_type
  when 'number' then
    select * into v_sub from dot.fn_schema_solve_number(p_links, p_atoms);
    o_empty := v_sub.o_empty; o_witness := v_sub.o_witness; o_why := v_sub.o_why;
  when 'string' then
    select * into v_sub from dot.fn_schema_solve_string(p_links, p_atoms);
    o_empty := v_sub.o_empty; o_witness := v_sub.o_witness; o_why := v_sub.o_why;
  when 'array' then
    select * into v_sub from dot.fn_schema_solve_array(p_links, p_atoms, p_stack, p_budget);
    p_budget := v_sub.p_budget; o_empty := v_sub.o_empty; o_witness := v_sub.o_witness; o_why := v_sub.o_why;
  else
    select * into v_sub from dot.fn_schema_solve_object(p_links, p_atoms, p_stack, p_budget);
    p_budget := v_sub.p_budget; o_empty := v_sub.o_empty; o_witness := v_sub.o_witness; o_why := v_sub.o_why;
  end case;
  if not o_empty and o_witness is null then
    o_why := coalesce((select min(k) from jsonb_array_elements(p_atoms) a cross join lateral jsonb_object_keys(a -> 's') k where a ->> 'k' = 'opaque' and k like 'unevaluated%'), o_why);
  end if;
end
$$;
comment on function dot.fn_schema_solve(jsonb, text, jsonb, text[], int) is
  'Whether any value of one JSON type satisfies the rules in p_atoms: a literal each, kind atom, opaque or what they were taken from. Result as fn_schema_sat.';

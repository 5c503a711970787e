create or replace function dot.fn_schema_build_array(
  p_links jsonb, p_atoms jsonb, p_slots jsonb[], p_denied jsonb, p_wanted jsonb, p_lo int, p_hi numeric, p_stack text[],
  inout p_budget int, out o_empty boolean, out o_witness jsonb, out o_why text)
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_slots jsonb[] := p_slots;
  v_count int := p_lo;
  v_item  jsonb;
  v_lits  jsonb;
  v_value jsonb;
  v_need  int;
  v_unique boolean := exists (select 1 from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom' and a -> 's' ? 'uniqueItems' and a -> 'n' = 'false');
  v_double boolean := exists (select 1 from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom' and a -> 's' ? 'uniqueItems' and a -> 'n' = 'true');
  v_sub   record;
  v_pair  record;
  v_all   boolean := true;
begin
  o_empty := true;
  for v_item in select d from jsonb_array_elements(p_denied) d loop
    v_slots[(v_item ->> 0)::int + 1] := v_slots[(v_item ->> 0)::int + 1] || dot.fn_schema_denied(dot.fn_schema_eff_item(v_item -> 1 -> 's', (v_item ->> 0)::int), v_item -> 1);
    v_count := greatest(v_count, (v_item ->> 0)::int + 1);
  end loop;
  if v_count > p_hi then
    return;
  end if;
  o_witness := '[]';
  for v_i in 1..v_count loop
    select * into v_sub from dot.fn_schema_sat(p_links, v_slots[v_i], p_stack, p_budget);
    p_budget := v_sub.p_budget;
    if v_sub.o_empty then
      o_witness := null;
      return;
    end if;
    v_all := v_all and v_sub.o_witness is not null;
    o_why := coalesce(o_why, v_sub.o_why);
  end loop;
  if v_double then
    -- Two places must be able to hold the same.
    v_all := false;
    for v_pair in
      select a.i as a, b.i as b from generate_series(1, least(cardinality(v_slots), 12)) a(i) join generate_series(1, least(cardinality(v_slots), 12)) b(i) on a.i < b.i
       where p_hi is null or b.i <= p_hi
    loop
      select * into v_sub from dot.fn_schema_sat(p_links, v_slots[v_pair.a] || v_slots[v_pair.b], p_stack, p_budget);
      p_budget := v_sub.p_budget;
      v_all := v_all or not v_sub.o_empty or cardinality(v_slots) > 12;
      if v_sub.o_witness is not null then
        v_slots[v_pair.a] := jsonb_build_array(jsonb_build_object('s', jsonb_build_object('const', v_sub.o_witness), 'n', false, 'b', 'schema:', 'l', 'old'));
        v_slots[v_pair.b] := v_slots[v_pair.a];
        v_count := greatest(v_count, v_pair.b);
        exit;
      end if;
    end loop;
    if not v_all then
      o_witness := null;
      return;
    end if;
  end if;
  o_empty := false;
  -- What must be contained goes where it can.
  for v_item in select w from jsonb_array_elements(p_wanted) w where (w #> '{s,minContains}')::numeric >= 1 loop
    v_need := (v_item #> '{s,minContains}')::numeric;
    for v_i in 1..cardinality(v_slots) loop
      exit when v_need = 0 or v_i > p_hi;
      v_lits := v_slots[v_i] || jsonb_build_array(jsonb_build_object('s', v_item #> '{s,contains}', 'n', false, 'b', v_item -> 'b', 'l', v_item -> 'l'));
      select * into v_sub from dot.fn_schema_sat(p_links, v_lits, p_stack, p_budget);
      p_budget := v_sub.p_budget;
      if v_sub.o_witness is not null then
        v_slots[v_i] := v_lits;
        v_need := v_need - 1;
        v_count := greatest(v_count, v_i);
      end if;
    end loop;
  end loop;
  -- The rest keeps out of kinds of which there may only be so many, if it can.
  for v_i in 1..v_count loop
    v_lits := v_slots[v_i];
    for v_item in
      select jsonb_build_object('s', w #> '{s,contains}', 'n', true, 'b', w -> 'b', 'l', w -> 'l') from jsonb_array_elements(p_wanted) w where w #> '{s,maxContains}' is not null
      union all
      select jsonb_build_object('s', jsonb_build_object('enum', o_witness), 'n', true, 'b', 'schema:', 'l', 'old') where v_unique and o_witness <> '[]'
    loop
      select * into v_sub from dot.fn_schema_sat(p_links, v_lits || v_item, p_stack, p_budget);
      p_budget := v_sub.p_budget;
      if v_sub.o_witness is not null then
        v_lits := v_lits || v_item;
      end if;
    end loop;
    select * into v_sub from dot.fn_schema_sat(p_links, v_lits, p_stack, p_budget);
    p_budget := v_sub.p_budget;
    v_value := v_sub.o_witness;
    if v_value is null then
      o_witness := null;
      o_why := coalesce(o_why, v_sub.o_why, 'items');
      return;
    end if;
    o_witness := o_witness || jsonb_build_array(v_value);
  end loop;
  if not dot.fn_schema_holds(p_links, p_atoms, o_witness) then
    o_witness := null;
    o_why := coalesce(o_why, case when v_unique then 'uniqueItems' else 'contains' end);
  end if;
end
$$;
comment on function dot.fn_schema_build_array(jsonb, jsonb, jsonb[], jsonb, jsonb, int, numeric, text[], int) is
  'For fn_schema_solve_array: whether an array can be built whose places satisfy p_slots, with each denied rule [place, literal] broken at its place, and one such array. Result as fn_schema_sat.';

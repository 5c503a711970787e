create or replace function dot.fn_schema_build_array(
  p_links jsonb, p_atoms jsonb, p_slots jsonb[], p_known jsonb, p_denied jsonb, p_wanted jsonb, p_lo int, p_hi numeric, p_stack text[],
  p_budget int) returns dot.schema_found
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_slots jsonb[] := p_slots;
  v_known jsonb := p_known;
  v_count int := p_lo;
  v_asked jsonb[];
  v_item  jsonb;
  v_lits  jsonb;
  v_need  int;
  v_unique boolean := exists (select 1 from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom' and a -> 's' ? 'uniqueItems' and a -> 'n' = 'false');
  v_double boolean := exists (select 1 from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom' and a -> 's' ? 'uniqueItems' and a -> 'n' = 'true');
  v_sub   dot.schema_found;
  v_pair  record;
  v_may   boolean;
  v_array jsonb := '[]'::jsonb;
  v_why   text;
  v_budget int := p_budget;
begin
  for v_item in select d from jsonb_array_elements(p_denied) d loop
    v_slots[(v_item ->> 0)::int + 1] := v_slots[(v_item ->> 0)::int + 1] || dot.fn_schema_denied(dot.fn_schema_eff_item(v_item -> 1 -> 's', (v_item ->> 0)::int), v_item -> 1);
    v_count := greatest(v_count, (v_item ->> 0)::int + 1);
  end loop;
  if v_count > p_hi then
    return row('proved', null, null, v_budget)::dot.schema_found;
  end if;
  -- What is known of a place alone is not asked again.
  for v_i in 1..v_count loop
    continue when v_slots[v_i] = p_slots[v_i] and v_known -> (v_i - 1) is not null;
    v_sub := dot.fn_schema_sat(p_links, v_slots[v_i], p_stack, v_budget);
    v_budget := v_sub.budget;
    if v_sub.answer = 'proved' then
      return row('proved', null, null, v_budget)::dot.schema_found;
    end if;
    v_why := coalesce(v_why, v_sub.why);
    v_known := case when v_known -> (v_i - 1) is null then v_known else jsonb_set(v_known, array[(v_i - 1)::text], case v_sub.answer when 'refuted' then jsonb_build_array(v_sub.witness) else '[]' end) end;
  end loop;
  v_asked := v_slots;
  if v_double then
    -- Two places must be able to hold the same.
    v_may := cardinality(v_slots) > 12;
    for v_pair in
      select a.i as a, b.i as b from generate_series(1, least(cardinality(v_slots), 12)) a(i) join generate_series(1, least(cardinality(v_slots), 12)) b(i) on a.i < b.i
       where p_hi is null or b.i <= p_hi
    loop
      v_sub := dot.fn_schema_sat(p_links, v_slots[v_pair.a] || v_slots[v_pair.b], p_stack, v_budget);
      v_budget := v_sub.budget;
      v_may := v_may or v_sub.answer <> 'proved';
      if v_sub.answer = 'refuted' then
        v_slots[v_pair.a] := jsonb_build_array(jsonb_build_object('s', jsonb_build_object('const', v_sub.witness), 'n', false, 'b', 'schema:', 'l', 'old'));
        v_slots[v_pair.b] := v_slots[v_pair.a];
        v_count := greatest(v_count, v_pair.b);
        exit;
      end if;
    end loop;
    if not v_may then
      return row('proved', null, null, v_budget)::dot.schema_found;
    end if;
  end if;
  -- What must be contained goes where it can.
  for v_item in select w from jsonb_array_elements(p_wanted) w where (w #> '{s,minContains}')::numeric >= 1 loop
    v_need := (v_item #> '{s,minContains}')::numeric;
    for v_i in 1..cardinality(v_slots) loop
      exit when v_need = 0 or v_i > p_hi;
      v_lits := v_slots[v_i] || jsonb_build_array(jsonb_build_object('s', v_item #> '{s,contains}', 'n', false, 'b', v_item -> 'b', 'l', v_item -> 'l'));
      v_sub := dot.fn_schema_sat(p_links, v_lits, p_stack, v_budget);
      v_budget := v_sub.budget;
      if v_sub.answer = 'refuted' then
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
      select jsonb_build_object('s', jsonb_build_object('enum', v_array), 'n', true, 'b', 'schema:', 'l', 'old') where v_unique and v_array <> '[]'
    loop
      v_sub := dot.fn_schema_sat(p_links, v_lits || v_item, p_stack, v_budget);
      v_budget := v_sub.budget;
      if v_sub.answer = 'refuted' then
        v_lits := v_lits || v_item;
      end if;
    end loop;
    if v_lits = v_asked[v_i] and v_known #> array[(v_i - 1)::text, '0'] is not null then
      v_array := v_array || jsonb_build_array(v_known #> array[(v_i - 1)::text, '0']);
      continue;
    end if;
    v_sub := dot.fn_schema_sat(p_links, v_lits, p_stack, v_budget);
    v_budget := v_sub.budget;
    if v_sub.answer <> 'refuted' then
      return row('unknown', null, coalesce(v_why, v_sub.why, 'items'), v_budget)::dot.schema_found;
    end if;
    v_array := v_array || jsonb_build_array(v_sub.witness);
  end loop;
  -- The items are as they were asked to be; the rest is looked at.
  if dot.fn_schema_holds(p_links, (select coalesce(jsonb_agg(a), '[]') from jsonb_array_elements(p_atoms) a where not a -> 's' ? 'items' or a ->> 'k' is distinct from 'atom'), v_array) then
    return row('refuted', v_array, null, v_budget)::dot.schema_found;
  end if;
  return row('unknown', null, coalesce(v_why, case when v_unique then 'uniqueItems' else 'contains' end), v_budget)::dot.schema_found;
end
$$;
comment on function dot.fn_schema_build_array(jsonb, jsonb, jsonb[], jsonb, jsonb, jsonb, int, numeric, text[], int) is
  'For fn_schema_solve_array: whether an array can be built whose places satisfy p_slots, with each denied rule [place, literal] broken at its place, and one such array. p_known: for each place, from the first, a value for it alone in an array, or none. Result as fn_schema_sat.';

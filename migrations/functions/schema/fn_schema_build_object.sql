create or replace function dot.fn_schema_build_object(
  p_links jsonb, p_atoms jsonb, p_rules jsonb, p_classes jsonb, p_has text[], p_denied jsonb, p_lo int, p_hi numeric, p_stack text[],
  inout p_budget int, out o_empty boolean, out o_witness jsonb, out o_why text)
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_rules jsonb := '{}'::jsonb;
  v_fresh jsonb := '[]'::jsonb;
  v_item  jsonb;
  v_where jsonb;
  v_rule  jsonb;
  v_lits  jsonb;
  v_names jsonb;
  v_name  text;
  v_sub   record;
  v_known boolean := true;
begin
  o_empty := true;
  -- The members that must be there, each with all that is asked of it.
  select coalesce(jsonb_object_agg(h, p_rules -> h -> 'lits'), '{}') into v_rules from unnest(p_has) h;
  for v_item in select d from jsonb_array_elements(p_denied) d loop
    v_where := v_item -> 0;
    v_rule := v_item -> 1;
    if jsonb_typeof(v_where) = 'string' then
      v_name := v_where #>> '{}';
      if v_rule -> 's' ? 'propertyNames' then
        if dot.fn_schema_holds(p_links, jsonb_build_array(v_rule || jsonb_build_object('s', v_rule #> '{s,propertyNames}', 'n', false)), v_where) then
          return;
        end if;
        v_lits := '[]';
      else
        v_lits := dot.fn_schema_denied(dot.fn_schema_eff_name(v_rule -> 's', v_name), v_rule);
      end if;
      v_rules := v_rules || jsonb_build_object(v_name, coalesce(v_rules -> v_name, p_rules -> v_name -> 'lits') || v_lits);
    else
      v_names := v_where -> 'names';
      v_lits := v_where -> 'lits';
      if v_rule -> 's' ? 'propertyNames' then
        v_names := v_names || jsonb_build_array(v_rule || jsonb_build_object('s', v_rule #> '{s,propertyNames}', 'n', true) - 'k');
      else
        v_lits := v_lits || dot.fn_schema_denied(dot.fn_schema_eff_name(v_rule -> 's', null, array(select jsonb_array_elements_text(v_where -> 'patterns'))), v_rule);
      end if;
      v_fresh := v_fresh || jsonb_build_array(jsonb_build_object('names', v_names, 'lits', v_lits));
    end if;
  end loop;
  if (select count(*) from jsonb_object_keys(v_rules)) + (case when v_fresh = '[]' then 0 else 1 end) > p_hi then
    return;
  end if;
  o_witness := '{}';
  for v_name, v_lits in select key, value from jsonb_each(v_rules) order by value = p_rules -> key -> 'lits' loop
    if p_rules -> v_name ? 'tried' and p_rules -> v_name -> 'lits' = v_lits then
      o_why := coalesce(o_why, p_rules -> v_name ->> 'why');
      v_known := v_known and p_rules -> v_name ? 'value';
      o_witness := o_witness || jsonb_build_object(v_name, p_rules -> v_name -> 'value');
      continue;
    end if;
    select * into v_sub from dot.fn_schema_sat(p_links, v_lits, p_stack, p_budget);
    p_budget := v_sub.p_budget;
    if v_sub.o_empty then
      o_witness := null;
      return;
    end if;
    o_why := coalesce(o_why, v_sub.o_why);
    v_known := v_known and v_sub.o_witness is not null;
    o_witness := o_witness || jsonb_build_object(v_name, v_sub.o_witness);
  end loop;
  for v_item in select f from jsonb_array_elements(v_fresh) f loop
    select * into v_sub from dot.fn_schema_sat(p_links, v_item -> 'names', p_stack, p_budget);
    p_budget := v_sub.p_budget;
    if v_sub.o_empty then
      o_witness := null;
      return;
    end if;
    v_known := v_known and v_sub.o_witness is not null;
    v_name := coalesce(v_sub.o_witness #>> '{}', '');
    o_why := coalesce(o_why, case when v_sub.o_witness is null then 'patternProperties' end);
    select * into v_sub from dot.fn_schema_sat(p_links, v_item -> 'lits', p_stack, p_budget);
    p_budget := v_sub.p_budget;
    if v_sub.o_empty then
      o_witness := null;
      return;
    end if;
    o_why := coalesce(o_why, v_sub.o_why);
    v_known := v_known and v_sub.o_witness is not null;
    o_witness := o_witness || jsonb_build_object(v_name, v_sub.o_witness);
  end loop;
  o_empty := false;
  if not v_known then
    o_witness := null;
    return;
  end if;
  -- Up to the least number with what may be there.
  for v_name, v_lits in select key, value -> 'lits' from jsonb_each(p_rules) loop
    exit when (select count(*) from jsonb_object_keys(o_witness)) >= p_lo;
    continue when o_witness ? v_name;
    select * into v_sub from dot.fn_schema_sat(p_links, v_lits, p_stack, p_budget);
    p_budget := v_sub.p_budget;
    if v_sub.o_witness is not null then
      o_witness := o_witness || jsonb_build_object(v_name, v_sub.o_witness);
    end if;
  end loop;
  for v_item in select c from jsonb_array_elements(p_classes) c where c -> 'name' <> 'null' loop
    for v_i in 1..p_lo loop
      exit when (select count(*) from jsonb_object_keys(o_witness)) >= p_lo;
      select * into v_sub from dot.fn_schema_sat(p_links, (v_item -> 'names') || jsonb_build_array(
        jsonb_build_object('s', jsonb_build_object('enum', (select jsonb_agg(k) from jsonb_object_keys(o_witness || '{"": 0}') k)), 'n', true, 'b', 'schema:', 'l', 'old')), p_stack, p_budget);
      p_budget := v_sub.p_budget;
      exit when v_sub.o_witness is null;
      v_name := v_sub.o_witness #>> '{}';
      select * into v_sub from dot.fn_schema_sat(p_links, v_item -> 'lits', p_stack, p_budget);
      p_budget := v_sub.p_budget;
      exit when v_sub.o_witness is null;
      o_witness := o_witness || jsonb_build_object(v_name, v_sub.o_witness);
    end loop;
  end loop;
  if not dot.fn_schema_holds(p_links, p_atoms, o_witness) then
    o_witness := null;
    o_why := coalesce(o_why, 'properties');
  end if;
end
$$;
comment on function dot.fn_schema_build_object(jsonb, jsonb, jsonb, jsonb, text[], jsonb, int, numeric, text[], int) is
  'For fn_schema_solve_object: whether an object can be built with the members p_has and with each denied rule [known name or class, literal] broken by its member, and one such object. p_rules {name: {lits: literals, tried, value, why: what is known of them alone}}: the names that may be there. Result as fn_schema_sat.';

create or replace function dot.fn_schema_build_object(
  p_links jsonb, p_atoms jsonb, p_all jsonb, p_known jsonb, p_names text[], p_classes jsonb, p_denied jsonb, p_lo int, p_hi numeric, p_stack text[], p_budget int)
returns dot.schema_found
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_rules  jsonb := '{}'::jsonb;
  v_fresh  jsonb := '[]'::jsonb;
  v_object jsonb := '{}'::jsonb;
  v_item   jsonb;
  v_where  jsonb;
  v_rule   jsonb;
  v_name   text;
  v_sub    dot.schema_found;
  v_all    boolean := true;
  v_why    text;
  v_budget int := p_budget;
begin
  -- The members that break what is denied, each with all that is asked of it. What is known of one alone is not asked again.
  for v_item in select d from jsonb_array_elements(p_denied) d loop
    v_where := v_item -> 0;
    v_rule := v_item -> 1;
    if jsonb_typeof(v_where -> 'at') = 'string' then
      v_name := v_where ->> 'at';
      v_rules := v_rules || jsonb_build_object(v_name, jsonb_build_object('lits', coalesce(v_rules -> v_name -> 'lits', dot.fn_schema_member(p_all, v_name))
        || case when v_rule -> 's' ? 'propertyNames' then '[]' else dot.fn_schema_denied(dot.fn_schema_eff_name(v_rule -> 's', v_name), v_rule) end)
        || case when v_rules ? v_name then '{}' else jsonb_build_object('value', v_where -> 'value', 'why', v_where -> 'why') end);
    else
      v_fresh := v_fresh || jsonb_build_array(v_where);
    end if;
  end loop;
  if (select count(*) from jsonb_object_keys(v_rules || p_known)) + (case when v_fresh = '[]' then 0 else 1 end) > p_hi then
    return row('proved', null, null, v_budget)::dot.schema_found;
  end if;
  for v_name, v_item in select key, value from jsonb_each(v_rules) loop
    if v_item ? 'value' then
      v_all := v_all and v_item -> 'value' <> '[]';
      v_why := coalesce(v_why, v_item ->> 'why');
      v_object := v_object || jsonb_build_object(v_name, v_item #> '{value,0}');
      continue;
    end if;
    v_sub := dot.fn_schema_sat(p_links, v_item -> 'lits', p_stack, v_budget);
    v_budget := v_sub.budget;
    if v_sub.answer = 'proved' then
      return row('proved', null, null, v_budget)::dot.schema_found;
    end if;
    v_all := v_all and v_sub.answer = 'refuted';
    v_why := coalesce(v_why, v_sub.why);
    v_object := v_object || jsonb_build_object(v_name, v_sub.witness);
  end loop;
  for v_item in select f from jsonb_array_elements(v_fresh) f loop
    v_name := v_item ->> 'name';
    v_all := v_all and v_name is not null and v_item -> 'value' <> '[]';
    v_why := coalesce(v_why, v_item ->> 'why', case when v_name is null then 'patternProperties' end);
    -- Two that break different rules cannot have one name.
    v_all := v_all and not v_object ? coalesce(v_name, '');
    v_object := v_object || jsonb_build_object(coalesce(v_name, ''), v_item #> '{value,0}');
  end loop;
  for v_name, v_item in select key, value from jsonb_each(p_known) where not v_object ? key loop
    v_all := v_all and v_item <> '[]';
    v_object := v_object || jsonb_build_object(v_name, v_item -> 0);
  end loop;
  if not v_all then
    return row('unknown', null, coalesce(v_why, 'properties'), v_budget)::dot.schema_found;
  end if;
  -- Up to the least number with what may be there.
  foreach v_name in array p_names loop
    exit when (select count(*) from jsonb_object_keys(v_object)) >= p_lo;
    continue when v_object ? v_name;
    v_sub := dot.fn_schema_sat(p_links, dot.fn_schema_member(p_all, v_name), p_stack, v_budget);
    v_budget := v_sub.budget;
    if v_sub.answer = 'refuted' then
      v_object := v_object || jsonb_build_object(v_name, v_sub.witness);
    end if;
  end loop;
  for v_item in select c from jsonb_array_elements(p_classes) c where c -> 'name' <> 'null' loop
    for v_i in 1..p_lo loop
      exit when (select count(*) from jsonb_object_keys(v_object)) >= p_lo;
      v_sub := dot.fn_schema_sat(p_links, (v_item -> 'names') || jsonb_build_array(
        jsonb_build_object('s', jsonb_build_object('enum', (select jsonb_agg(k) from jsonb_object_keys(v_object || '{"": 0}') k)), 'n', true, 'b', 'schema:', 'l', 'old')), p_stack, v_budget);
      v_budget := v_sub.budget;
      exit when v_sub.answer <> 'refuted';
      v_name := v_sub.witness #>> '{}';
      exit when v_item -> 'value' = '[]';
      v_object := v_object || jsonb_build_object(v_name, v_item #> '{value,0}');
    end loop;
  end loop;
  -- The members are as they were asked to be; the rest is looked at.
  if dot.fn_schema_holds(p_links, (select coalesce(jsonb_agg(a), '[]') from jsonb_array_elements(p_atoms) a where not a -> 's' ? 'additionalProperties' or a ->> 'k' is distinct from 'atom'), v_object) then
    return row('refuted', v_object, null, v_budget)::dot.schema_found;
  end if;
  return row('unknown', null, coalesce(v_why, 'properties'), v_budget)::dot.schema_found;
end
$$;
comment on function dot.fn_schema_build_object(jsonb, jsonb, jsonb, jsonb, text[], jsonb, jsonb, int, numeric, text[], int) is
  'For fn_schema_solve_object: whether an object can be built with the members p_known {name: [a value, where one is known]} and with each denied rule [known name or class, literal] in p_denied broken by its member, and one such object; a choice {at: name or class, value: [one found], name} carries what is known of it. p_all: the literals that ask something of members; p_names: the known names that may be there. Result as fn_schema_sat.';

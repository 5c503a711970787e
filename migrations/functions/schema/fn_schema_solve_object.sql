create or replace function dot.fn_schema_solve_object(p_links jsonb, p_atoms jsonb, p_stack text[], p_budget int) returns dot.schema_found
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_lo      numeric;
  v_hi      numeric;
  v_all     jsonb;
  v_denied  jsonb;
  v_left    jsonb := '[]'::jsonb;
  v_has     text[];
  v_lacks   text[];
  v_names   text[];
  v_named   jsonb;
  v_patterns text[];
  v_classes jsonb := '[]'::jsonb;
  v_choices jsonb := '[]'::jsonb;
  v_mine    jsonb;
  v_known   jsonb := '{}'::jsonb;
  v_rule    jsonb;
  v_lits    jsonb;
  v_class   jsonb;
  v_name    text;
  v_broken  boolean;
  v_wide    boolean;
  v_sub     dot.schema_found;
  v_pick    jsonb;
  v_combos  numeric := 1;
  v_open    boolean := false;
  v_budget  int := p_budget;
  v_why     text;
begin
  select greatest(0, max(case when a -> 'n' = 'false' then (a #> '{s,minProperties}')::numeric else (a #> '{s,maxProperties}')::numeric + 1 end)),
         min(case when a -> 'n' = 'false' then (a #> '{s,maxProperties}')::numeric else (a #> '{s,minProperties}')::numeric - 1 end),
         coalesce(jsonb_agg(a) filter (where a -> 's' ? 'additionalProperties' and a -> 'n' = 'false'), '[]'),
         coalesce(jsonb_agg(a) filter (where a -> 's' ?| array['additionalProperties', 'propertyNames'] and a -> 'n' = 'true'), '[]'),
         coalesce(jsonb_agg(jsonb_build_object('s', a #> '{s,propertyNames}', 'n', false, 'b', a -> 'b', 'l', a -> 'l')) filter (where a -> 's' ? 'propertyNames' and a -> 'n' = 'false'), '[]'),
         coalesce(array_agg(distinct a #>> '{s,required,0}') filter (where a -> 's' ? 'required' and a -> 'n' = 'false'), '{}'),
         coalesce(array_agg(distinct a #>> '{s,required,0}') filter (where a -> 's' ? 'required' and a -> 'n' = 'true'), '{}')
    into v_lo, v_hi, v_all, v_denied, v_named, v_has, v_lacks
    from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom';
  v_lo := ceil(coalesce(v_lo, 0));
  v_hi := floor(v_hi);
  if v_lo > v_hi or v_hi < 0 or v_has && v_lacks or cardinality(v_has) > v_hi then
    return row('proved', null, null, v_budget)::dot.schema_found;
  end if;
  v_names := array(select distinct n from (
    select unnest(v_has || v_lacks) as n
    union all
    select k from jsonb_array_elements(v_all || v_denied) g cross join lateral jsonb_object_keys(g #> '{s,properties}') k where g -> 's' ? 'properties'
    union all
    -- Names that a rule about names lists are known too.
    select e #>> '{}' from jsonb_array_elements(v_named || v_denied) g cross join lateral dot.fn_schema_strings(coalesce(g #> '{s,propertyNames}', g -> 's')) e where not g -> 's' ? 'additionalProperties') x order by n);
  v_patterns := array(select distinct k from jsonb_array_elements(v_all || v_denied) g cross join lateral jsonb_object_keys(g #> '{s,patternProperties}') k where g -> 's' ? 'patternProperties' order by k);
  if cardinality(v_names) > 1000 or cardinality(v_patterns) > 6 or v_lo > 200 then
    return row('unknown', null, case when cardinality(v_patterns) > 6 then 'patternProperties' else 'properties' end, v_budget)::dot.schema_found;
  end if;

  -- Of several denied rules, one that the value of a member that must be there always breaks is kept already.
  for v_rule in select d from jsonb_array_elements(v_denied) d loop
    v_broken := false;
    for v_name in
      select h from unnest(v_has) h
       where jsonb_array_length(v_denied) > 1 and v_rule -> 's' -> 'properties' ? h
         and not exists (select 1 from jsonb_array_elements(v_all) g where g -> 's' -> 'properties' -> h = v_rule -> 's' -> 'properties' -> h) limit 8
    loop
      v_sub := dot.fn_schema_sat(p_links, dot.fn_schema_member(v_all, v_name) || dot.fn_schema_literals(dot.fn_schema_eff_name(v_rule -> 's', v_name), v_rule), p_stack, least(v_budget, 60));
      v_budget := v_budget - greatest(least(v_budget, 60) - v_sub.budget, 0);
      v_broken := v_sub.answer = 'proved';
      exit when v_broken;
    end loop;
    if not v_broken then
      v_left := v_left || jsonb_build_array(v_rule);
    end if;
  end loop;

  -- Other names, by which of the patterns they match: looked at where they may matter.
  v_wide := v_lo > cardinality(v_has) or exists (
    select 1 from jsonb_array_elements(v_left) d
     where not exists (
       select 1 from jsonb_array_elements(v_all) g
        where g -> 's' -> 'additionalProperties' = d -> 's' -> 'additionalProperties' and g -> 's' -> 'patternProperties' = d -> 's' -> 'patternProperties'
          and ((g -> 'b' = d -> 'b' and g -> 'l' = d -> 'l') or not dot.fn_schema_has_refs(jsonb_build_array(d -> 's' -> 'additionalProperties', d -> 's' -> 'patternProperties')))));
  for v_i in 0..case when v_wide then (1 << cardinality(v_patterns)) - 1 else -1 end loop
    v_class := to_jsonb(array(select p from unnest(v_patterns) with ordinality x(p, n) where (v_i >> (n - 1)::int) & 1 = 1));
    select coalesce(jsonb_agg(l), '[]') into strict v_lits
      from jsonb_array_elements(v_all) g cross join lateral jsonb_array_elements(dot.fn_schema_literals(dot.fn_schema_eff_name(g -> 's', null, array(select jsonb_array_elements_text(v_class))), g)) l;
    continue when exists (select 1 from jsonb_array_elements(v_lits) l where l -> 's' = 'false');
    v_mine := v_named || jsonb_build_array(jsonb_build_object('s', '{"type": "string"}'::jsonb, 'n', false, 'b', 'schema:', 'l', 'old'),
        jsonb_build_object('s', jsonb_build_object('enum', to_jsonb(v_names)), 'n', true, 'b', 'schema:', 'l', 'old'))
      || coalesce((select jsonb_agg(jsonb_build_object('s', jsonb_build_object('pattern', p), 'n', not v_class ? p, 'b', 'schema:', 'l', 'old')) from unnest(v_patterns) p), '[]');
    v_sub := dot.fn_schema_sat(p_links, v_mine, p_stack, v_budget);
    v_budget := v_sub.budget;
    continue when v_sub.answer = 'proved';
    v_pick := v_sub.witness;
    v_sub := dot.fn_schema_sat(p_links, v_lits, p_stack, v_budget);
    v_budget := v_sub.budget;
    continue when v_sub.answer = 'proved';
    v_classes := v_classes || jsonb_build_array(jsonb_build_object('patterns', v_class, 'names', v_mine, 'lits', v_lits, 'name', v_pick,
      'value', case v_sub.answer when 'refuted' then jsonb_build_array(v_sub.witness) else '[]' end));
  end loop;
  -- Known names that may be there at all.
  v_names := array(select n from unnest(v_names) n where not n = any (v_lacks) and (v_named = '[]' or dot.fn_schema_holds(p_links, v_named, to_jsonb(n))));
  if not v_has <@ v_names or (v_wide and v_classes = '[]' and cardinality(v_names) < v_lo) then
    return row('proved', null, null, v_budget)::dot.schema_found;
  end if;

  -- Each denied rule is broken by one member: a known name, or one of a class of others. Those that cannot are left out.
  for v_rule in select d from jsonb_array_elements(v_left) d loop
    v_mine := '[]';
    for v_name in
      select n from unnest(v_names) n
       where not exists (
         select 1 from jsonb_array_elements(v_all) g
          where v_rule -> 's' ? 'additionalProperties' and g -> 'b' = v_rule -> 'b' and g -> 'l' = v_rule -> 'l' and g -> 's' -> 'patternProperties' = v_rule -> 's' -> 'patternProperties'
            and (g -> 's' -> 'properties' -> n) is not distinct from (v_rule -> 's' -> 'properties' -> n)
            and (v_rule -> 's' -> 'properties' ? n or g -> 's' -> 'additionalProperties' = v_rule -> 's' -> 'additionalProperties'))
    loop
      v_lits := dot.fn_schema_member(v_all, v_name);
      if v_rule -> 's' ? 'propertyNames' then
        continue when dot.fn_schema_holds(p_links, jsonb_build_array((v_rule || jsonb_build_object('s', v_rule #> '{s,propertyNames}', 'n', false)) - 'k'), to_jsonb(v_name));
      else
        -- A member that is asked for what is denied of it cannot break that.
        continue when dot.fn_schema_is_asked(v_lits, v_rule, v_name);
        v_lits := v_lits || dot.fn_schema_denied(dot.fn_schema_eff_name(v_rule -> 's', v_name), v_rule);
      end if;
      v_sub := dot.fn_schema_sat(p_links, v_lits, p_stack, v_budget);
      v_budget := v_sub.budget;
      if v_sub.answer <> 'proved' then
        v_mine := v_mine || jsonb_build_array(jsonb_build_object('at', v_name, 'value', case v_sub.answer when 'refuted' then jsonb_build_array(v_sub.witness) else '[]' end, 'why', v_sub.why));
      end if;
    end loop;
    for v_class in select c from jsonb_array_elements(v_classes) c loop
      if v_rule -> 's' ? 'propertyNames' then
        v_lits := (v_class -> 'names') || ((v_rule || jsonb_build_object('s', v_rule #> '{s,propertyNames}', 'n', true)) - 'k');
      else
        v_lits := (v_class -> 'lits') || dot.fn_schema_denied(dot.fn_schema_eff_name(v_rule -> 's', null, array(select jsonb_array_elements_text(v_class -> 'patterns'))), v_rule);
      end if;
      v_sub := dot.fn_schema_sat(p_links, v_lits, p_stack, v_budget);
      v_budget := v_sub.budget;
      if v_sub.answer <> 'proved' then
        v_pick := case
          when v_rule -> 's' ? 'propertyNames' then jsonb_build_object('name', case v_sub.answer when 'refuted' then v_sub.witness end, 'value', v_class -> 'value')
          else jsonb_build_object('name', v_class -> 'name', 'value', case v_sub.answer when 'refuted' then jsonb_build_array(v_sub.witness) else '[]' end) end;
        v_mine := v_mine || jsonb_build_array(jsonb_build_object('at', v_class) || v_pick || jsonb_build_object('why', v_sub.why));
      end if;
    end loop;
    if v_mine = '[]' then
      return row('proved', null, null, v_budget)::dot.schema_found;
    end if;
    v_choices := v_choices || jsonb_build_array(v_mine);
    v_combos := v_combos * jsonb_array_length(v_mine);
  end loop;

  -- What must be there, each by itself.
  foreach v_name in array v_has loop
    v_sub := dot.fn_schema_sat(p_links, dot.fn_schema_member(v_all, v_name), p_stack, v_budget);
    v_budget := v_sub.budget;
    if v_sub.answer = 'proved' then
      return row('proved', null, null, v_budget)::dot.schema_found;
    elsif v_sub.answer = 'unknown' then
      v_why := coalesce(v_why, v_sub.why, 'properties');
    end if;
    v_known := v_known || jsonb_build_object(v_name, case when v_sub.answer = 'refuted' then jsonb_build_array(v_sub.witness) else '[]' end);
  end loop;

  -- Every way to choose, as far as they can be tried.
  v_open := v_combos > 60;
  for v_i in 0..least(v_combos, 60)::int - 1 loop
    v_mine := '[]';
    v_combos := v_i;
    for v_n in 0..jsonb_array_length(v_choices) - 1 loop
      v_mine := v_mine || jsonb_build_array(jsonb_build_array(v_choices -> v_n -> (v_combos % jsonb_array_length(v_choices -> v_n))::int, v_left -> v_n));
      v_combos := div(v_combos, jsonb_array_length(v_choices -> v_n));
    end loop;
    v_sub := dot.fn_schema_build_object(p_links, p_atoms, v_all, v_known, v_names, v_classes, v_mine, v_lo::int, v_hi, p_stack, v_budget);
    v_budget := v_sub.budget;
    if v_sub.answer = 'refuted' then
      return v_sub;
    elsif v_sub.answer = 'unknown' then
      v_open := true;
      v_why := coalesce(v_why, v_sub.why);
    end if;
    exit when v_open and v_budget < 0;
  end loop;
  return row(case when not v_open then 'proved' else 'unknown' end, null, coalesce(v_why, 'properties'), v_budget)::dot.schema_found;
end
$$;
comment on function dot.fn_schema_solve_object(jsonb, jsonb, text[], int) is
  'fn_schema_solve for objects: counts, names that must be or must not be there, what each known name and each class of other names (by the patterns it matches) asks of its value, and members that break the denied rules. Up to six patterns and sixty ways to choose such members are decided. Result as fn_schema_sat.';

create or replace function dot.fn_schema_solve_object(p_links jsonb, p_atoms jsonb, p_stack text[], inout p_budget int, out o_empty boolean, out o_witness jsonb, out o_why text)
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_lo      numeric;
  v_hi      numeric;
  v_all     jsonb;
  v_denied  jsonb;
  v_has     text[];
  v_lacks   text[];
  v_names   text[];
  v_named   jsonb;
  v_broken  jsonb;
  v_patterns text[];
  v_rules   jsonb := '{}'::jsonb;
  v_classes jsonb := '[]'::jsonb;
  v_others  boolean := false;
  v_subset  text[];
  v_lits    jsonb;
  v_name    text;
  v_sub     record;
  v_pick    record;
  v_open    boolean := false;
begin
  o_empty := true;
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
    return;
  end if;
  v_names := array(select distinct n from (
    select unnest(v_has || v_lacks) as n
    union all
    select k from jsonb_array_elements(v_all || v_denied) g cross join lateral jsonb_object_keys(g #> '{s,properties}') k where g -> 's' ? 'properties'
    union all
    -- Names that a rule about names lists are known too.
    select e #>> '{}' from jsonb_array_elements(v_named || v_denied) g cross join lateral dot.fn_schema_strings(coalesce(g #> '{s,propertyNames}', g -> 's')) e where not g -> 's' ? 'additionalProperties') x order by n);
  v_patterns := array(select distinct k from jsonb_array_elements(v_all || v_denied) g cross join lateral jsonb_object_keys(g #> '{s,patternProperties}') k where g -> 's' ? 'patternProperties' order by k);
  if cardinality(v_names) > 300 or cardinality(v_patterns) > 4 or jsonb_array_length(v_denied) > 2 or v_lo > 200 then
    o_empty := false;
    o_why := case when cardinality(v_patterns) > 4 then 'patternProperties' else 'properties' end;
    return;
  end if;

  -- Known names: what each asks of its value; null where it cannot be there.
  foreach v_name in array v_names loop
    continue when v_name = any (v_lacks);
    select coalesce(jsonb_agg(l), '[]') into v_lits from jsonb_array_elements(v_all) g cross join lateral jsonb_array_elements(dot.fn_schema_literals(dot.fn_schema_eff_name(g -> 's', v_name), g)) l;
    if v_named = '[]' or dot.fn_schema_holds(p_links, v_named, to_jsonb(v_name)) then
      -- One that need not be there is looked at when it is needed.
      if not v_name = any (v_has) and v_lo <= cardinality(v_has) then
        v_rules := v_rules || jsonb_build_object(v_name, jsonb_build_object('lits', v_lits));
        continue;
      end if;
      select * into v_sub from dot.fn_schema_sat(p_links, v_lits, p_stack, p_budget);
      p_budget := v_sub.p_budget;
      if not v_sub.o_empty then
        v_rules := v_rules || jsonb_build_object(v_name, jsonb_build_object('lits', v_lits, 'tried', true, 'why', v_sub.o_why)
          || case when v_sub.o_witness is not null then jsonb_build_object('value', v_sub.o_witness) else '{}' end);
        continue;
      end if;
    end if;
    if v_name = any (v_has) then
      return;
    end if;
  end loop;

  -- Other names, by which of the patterns they match.
  for v_i in 0..(1 << cardinality(v_patterns)) - 1 loop
    v_subset := array(select p from unnest(v_patterns) with ordinality x(p, n) where (v_i >> (n - 1)::int) & 1 = 1);
    select coalesce(jsonb_agg(l), '[]') into v_lits from jsonb_array_elements(v_all) g cross join lateral jsonb_array_elements(dot.fn_schema_literals(dot.fn_schema_eff_name(g -> 's', null, v_subset), g)) l;
    v_broken := v_named || jsonb_build_array(jsonb_build_object('s', '{"type": "string"}'::jsonb, 'n', false, 'b', 'schema:', 'l', 'old'),
        jsonb_build_object('s', jsonb_build_object('enum', to_jsonb(v_names)), 'n', true, 'b', 'schema:', 'l', 'old'))
      || coalesce((select jsonb_agg(jsonb_build_object('s', jsonb_build_object('pattern', p), 'n', not p = any (v_subset), 'b', 'schema:', 'l', 'old')) from unnest(v_patterns) p), '[]');
    select * into v_sub from dot.fn_schema_sat(p_links, v_broken, p_stack, p_budget);
    p_budget := v_sub.p_budget;
    continue when v_sub.o_empty;
    v_pick := v_sub;
    select * into v_sub from dot.fn_schema_sat(p_links, v_lits, p_stack, p_budget);
    p_budget := v_sub.p_budget;
    continue when v_sub.o_empty;
    v_others := true;
    v_classes := v_classes || jsonb_build_array(jsonb_build_object('patterns', to_jsonb(v_subset), 'names', v_broken, 'lits', v_lits, 'name', v_pick.o_witness));
  end loop;
  if not v_others and (select count(*) from jsonb_object_keys(v_rules)) < v_lo then
    return;
  end if;

  -- Each denied rule is broken by one member: a known name, or one of a class of others.
  for v_pick in
    select a.choice as a, b.choice as b
      from (select c as choice from jsonb_array_elements(case when jsonb_array_length(v_denied) > 0 then
              (select coalesce(jsonb_agg(to_jsonb(k)), '[]') from jsonb_object_keys(v_rules) k) || v_classes else '[null]' end) c) a
     cross join (select c as choice from jsonb_array_elements(case when jsonb_array_length(v_denied) > 1 then
              (select coalesce(jsonb_agg(to_jsonb(k)), '[]') from jsonb_object_keys(v_rules) k) || v_classes else '[null]' end) c) b
  loop
    -- A member that is asked for what is denied of it cannot break that.
    continue when dot.fn_schema_is_asked(v_rules, v_pick.a, v_denied -> 0) or dot.fn_schema_is_asked(v_rules, v_pick.b, v_denied -> 1);
    select * into v_sub from dot.fn_schema_build_object(p_links, p_atoms, v_rules, v_classes, v_has,
      case when jsonb_array_length(v_denied) > 0 then jsonb_build_array(jsonb_build_array(v_pick.a, v_denied -> 0)) else '[]' end
        || case when jsonb_array_length(v_denied) > 1 then jsonb_build_array(jsonb_build_array(v_pick.b, v_denied -> 1)) else '[]' end,
      v_lo::int, v_hi, p_stack, p_budget);
    p_budget := v_sub.p_budget;
    if v_sub.o_witness is not null then
      o_empty := false;
      o_witness := v_sub.o_witness;
      return;
    end if;
    v_open := v_open or not v_sub.o_empty;
    o_why := coalesce(o_why, v_sub.o_why);
  end loop;
  o_empty := not v_open;
end
$$;
comment on function dot.fn_schema_solve_object(jsonb, jsonb, text[], int) is
  'fn_schema_solve for objects: counts, names that must be or must not be there, what each known name and each class of other names (by the patterns it matches) asks of its value, and members that break a denied rule. Up to four patterns and two denied member rules are decided.';

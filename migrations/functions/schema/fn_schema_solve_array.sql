create or replace function dot.fn_schema_solve_array(p_links jsonb, p_atoms jsonb, p_stack text[], p_budget int) returns dot.schema_found
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_all     jsonb;
  v_denied  jsonb;
  v_wanted  jsonb;
  v_prefix  int;
  v_lo      numeric;
  v_hi      numeric;
  v_slots   int;
  v_base    jsonb[] := array[]::jsonb[];
  v_known   jsonb := '[]'::jsonb;
  v_slot    jsonb;
  v_sub     dot.schema_found;
  v_pick    record;
  v_open    boolean := false;
  v_double  boolean := exists (select 1 from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom' and a -> 's' ? 'uniqueItems' and a -> 'n' = 'true');
  v_budget  int := p_budget;
  v_why     text;
begin
  select greatest(0, max(case when a -> 'n' = 'false' then (a #> '{s,minItems}')::numeric else (a #> '{s,maxItems}')::numeric + 1 end)),
         min(case when a -> 'n' = 'false' then (a #> '{s,maxItems}')::numeric else (a #> '{s,minItems}')::numeric - 1 end),
         coalesce(jsonb_agg(a) filter (where a -> 's' ? 'items' and a -> 'n' = 'false'), '[]'),
         coalesce(jsonb_agg(a) filter (where a -> 's' ? 'items' and a -> 'n' = 'true'), '[]'),
         coalesce(jsonb_agg(a) filter (where a -> 's' ? 'contains'), '[]'),
         coalesce(max(jsonb_array_length(a #> '{s,prefixItems}')), 0)
    into v_lo, v_hi, v_all, v_denied, v_wanted, v_prefix
    from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom';
  v_lo := ceil(coalesce(v_lo, 0));
  v_hi := floor(v_hi);
  if v_double then
    v_lo := greatest(v_lo, 2);
  end if;
  select greatest(v_lo, max((w #> '{s,minContains}')::numeric)) into v_lo from jsonb_array_elements(v_wanted) w;
  v_lo := coalesce(v_lo, 0);
  if v_lo > v_hi or v_hi < 0 then
    return row('proved', null, null, v_budget)::dot.schema_found;
  elsif v_lo > 200 or v_prefix > 50 or jsonb_array_length(v_denied) > 2 then
    return row('unknown', null, 'items', v_budget)::dot.schema_found;
  end if;

  -- What each place asks of its item; beyond the prefixes all places are alike.
  -- Two that are the same may both be there, and so be two of those that differ.
  v_slots := greatest(v_lo::int, v_prefix) + jsonb_array_length(v_denied) + case when v_double then 2 else 1 end;
  for v_i in 0..v_slots - 1 loop
    select coalesce(jsonb_agg(l), '[]') into v_slot from (
      select l from jsonb_array_elements(v_all) g cross join lateral jsonb_array_elements(dot.fn_schema_literals(dot.fn_schema_eff_item(g -> 's', v_i), g)) l
      union all
      select jsonb_build_object('s', w #> '{s,contains}', 'n', true, 'b', w -> 'b', 'l', w -> 'l') from jsonb_array_elements(v_wanted) w where (w #> '{s,maxContains}')::numeric < 1) x;
    v_base := v_base || v_slot;
    if v_hi is null or v_i < v_hi then
      if v_i <= v_prefix or v_i = 0 then
        v_sub := dot.fn_schema_sat(p_links, v_slot, p_stack, v_budget);
        v_budget := v_sub.budget;
      end if;
      if v_sub.answer = 'proved' then
        v_hi := v_i;
      end if;
      v_known := v_known || jsonb_build_array(case v_sub.answer when 'refuted' then jsonb_build_array(v_sub.witness) else '[]' end);
    end if;
  end loop;
  if v_lo > v_hi then
    return row('proved', null, null, v_budget)::dot.schema_found;
  end if;
  -- Enough places for what must be contained.
  for v_slot in select w from jsonb_array_elements(v_wanted) w where (w #> '{s,minContains}')::numeric >= 1 loop
    if not exists (select 1 from generate_series(0, v_slots - 1) i where (v_hi is null or i < v_hi)) then
      return row('proved', null, null, v_budget)::dot.schema_found;
    end if;
    if (v_slot #> '{s,minContains}')::numeric > (v_slot #> '{s,maxContains}')::numeric then
      return row('proved', null, null, v_budget)::dot.schema_found;
    end if;
    v_sub := dot.fn_schema_contained(p_links, v_base, v_slot, v_hi, v_prefix, p_stack, v_budget);
    v_budget := v_sub.budget;
    if v_sub.answer = 'proved' then
      return row('proved', null, null, v_budget)::dot.schema_found;
    end if;
    -- More of them than another rule lets be of a wider kind.
    for v_pick in
      select c from jsonb_array_elements(v_wanted) c where c #> '{s,maxContains}' is not null and (c #> '{s,maxContains}')::numeric < (v_slot #> '{s,minContains}')::numeric
    loop
      v_sub := dot.fn_schema_sat(p_links, jsonb_build_array(
        jsonb_build_object('s', v_slot #> '{s,contains}', 'n', false, 'b', v_slot -> 'b', 'l', v_slot -> 'l'),
        jsonb_build_object('s', v_pick.c #> '{s,contains}', 'n', true, 'b', v_pick.c -> 'b', 'l', v_pick.c -> 'l')), p_stack, v_budget);
      v_budget := v_sub.budget;
      if v_sub.answer = 'proved' then
        return row('proved', null, null, v_budget)::dot.schema_found;
      end if;
    end loop;
  end loop;
  -- More items than may be of a kind that all of them are.
  for v_slot in select w from jsonb_array_elements(v_wanted) w where w #> '{s,maxContains}' is not null and (w #> '{s,maxContains}')::numeric < v_lo loop
    select count(*) filter (where s.answer = 'proved') as forced into v_pick
      from generate_series(0, v_lo::int - 1) i
     cross join lateral dot.fn_schema_sat(p_links, v_base[i + 1] || jsonb_build_array(jsonb_build_object('s', v_slot #> '{s,contains}', 'n', true, 'b', v_slot -> 'b', 'l', v_slot -> 'l')), p_stack, 2000) s;
    if v_pick.forced > (v_slot #> '{s,maxContains}')::numeric then
      return row('proved', null, null, v_budget)::dot.schema_found;
    end if;
  end loop;

  -- Each denied rule is broken by the item of some place.
  for v_pick in
    select a.i as a, b.i as b
      from generate_series(0, case when jsonb_array_length(v_denied) > 0 then v_prefix else 0 end) a(i)
     cross join generate_series(0, case when jsonb_array_length(v_denied) > 1 then v_prefix + 1 else 0 end) b(i)
     where v_hi is null or (a.i < v_hi or jsonb_array_length(v_denied) = 0) and (b.i < v_hi or jsonb_array_length(v_denied) < 2)
  loop
    v_sub := dot.fn_schema_build_array(p_links, p_atoms, v_base, v_known,
      case when jsonb_array_length(v_denied) > 0 then jsonb_build_array(jsonb_build_array(v_pick.a, v_denied -> 0)) else '[]' end
        || case when jsonb_array_length(v_denied) > 1 then jsonb_build_array(jsonb_build_array(v_pick.b, v_denied -> 1)) else '[]' end,
      v_wanted, v_lo::int, v_hi, p_stack, v_budget);
    v_budget := v_sub.budget;
    if v_sub.answer = 'refuted' then
      return v_sub;
    elsif v_sub.answer = 'unknown' then
      v_open := true;
      v_why := coalesce(v_why, v_sub.why);
    end if;
  end loop;
  return row(case when not v_open then 'proved' else 'unknown' end, null, v_why, v_budget)::dot.schema_found;
end
$$;
comment on function dot.fn_schema_solve_array(jsonb, jsonb, text[], int) is
  'fn_schema_solve for arrays: length bounds, what each place asks of its item, places that break a denied rule, and what must be contained. Up to two denied item rules and 50 prefix items are decided. Result as fn_schema_sat.';

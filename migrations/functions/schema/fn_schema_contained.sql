create or replace function dot.fn_schema_contained(p_links jsonb, p_slots jsonb[], p_wanted jsonb, p_hi numeric, p_prefix int, p_stack text[], p_budget int) returns dot.schema_found
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_places numeric := 0;
  v_budget int := p_budget;
  v_sub    dot.schema_found;
begin
  for v_i in 0..p_prefix loop
    exit when v_i >= p_hi;
    v_sub := dot.fn_schema_sat(p_links,
      p_slots[v_i + 1] || jsonb_build_array(jsonb_build_object('s', p_wanted #> '{s,contains}', 'n', false, 'b', p_wanted -> 'b', 'l', p_wanted -> 'l')), p_stack, v_budget);
    v_budget := v_sub.budget;
    if v_sub.answer <> 'proved' then
      -- Beyond the prefixes all places are alike.
      v_places := v_places + case when v_i < p_prefix then 1 else coalesce(p_hi - p_prefix, 1e9) end;
    end if;
  end loop;
  return row(case when v_places < (p_wanted #> '{s,minContains}')::numeric then 'proved' else 'unknown' end, null, 'contains', v_budget)::dot.schema_found;
end
$$;
comment on function dot.fn_schema_contained(jsonb, jsonb[], jsonb, numeric, int, text[], int) is
  'Whether an array has too few places for the items that the literal p_wanted {contains, minContains} wants: proved, or unknown. p_slots are the literals of each place, p_hi the greatest length or null, p_prefix how many places differ from the rest.';

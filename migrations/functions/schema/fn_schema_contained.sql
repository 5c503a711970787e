create or replace function dot.fn_schema_contained(p_links jsonb, p_slots jsonb[], p_wanted jsonb, p_hi numeric, p_prefix int, p_stack text[], inout p_budget int, out o_places numeric)
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_sub record;
begin
  o_places := 0;
  for v_i in 0..p_prefix loop
    exit when v_i >= p_hi;
    select * into v_sub from dot.fn_schema_sat(p_links,
      p_slots[v_i + 1] || jsonb_build_array(jsonb_build_object('s', p_wanted #> '{s,contains}', 'n', false, 'b', p_wanted -> 'b', 'l', p_wanted -> 'l')), p_stack, p_budget);
    p_budget := v_sub.p_budget;
    if not v_sub.o_empty then
      -- Beyond the prefixes all places are alike.
      o_places := o_places + case when v_i < p_prefix then 1 else coalesce(p_hi - p_prefix, 1e9) end;
    end if;
  end loop;
end
$$;
comment on function dot.fn_schema_contained(jsonb, jsonb[], jsonb, numeric, int, text[], int) is
  'How many places of an array can hold an item of the kind that the literal p_wanted {contains} wants, at most: p_slots are the literals of each place, p_hi the greatest length or null, p_prefix how many places differ from the rest.';

create or replace function dot.fn_schema_solve(p_links jsonb, p_type text, p_atoms jsonb, p_stack text[], p_budget int) returns dot.schema_found
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  -- What they were taken from holds where they hold.
  v_atoms  jsonb := (select coalesce(jsonb_agg(a), '[]') from jsonb_array_elements(p_atoms) a
                     where a ->> 'k' in ('atom', 'opaque') or a -> 's' ?| array['unevaluatedItems', 'unevaluatedProperties']);
  v_listed boolean := exists (select 1 from jsonb_array_elements(v_atoms) a where a ->> 'k' = 'atom' and a -> 'n' = 'false' and a -> 's' ? 'enum');
  v_value  jsonb;
  v_tried  int := 0;
  v_sub    dot.schema_found;
begin
  -- Where there are few values, each is tried that every list has and no denied list has.
  if v_listed or p_type in ('null', 'boolean') then
    for v_value in
      select e from (
        select e.v as e, min(e.n) as n
          from jsonb_array_elements(v_atoms) with ordinality a(a, at)
         cross join lateral jsonb_array_elements(a.a #> '{s,enum}') with ordinality e(v, n)
         where v_listed and a.a ->> 'k' = 'atom' and a.a -> 'n' = 'false' and a.a -> 's' ? 'enum'
         group by e.v
        having count(distinct a.at) = (select count(*) from jsonb_array_elements(v_atoms) b where b ->> 'k' = 'atom' and b -> 'n' = 'false' and b -> 's' ? 'enum')
        union all
        select v, n from (values ('null'::jsonb, 'null', 1), ('false', 'boolean', 1), ('true', 'boolean', 2)) x(v, t, n) where not v_listed and t = p_type) y
       where not exists (
         select 1 from jsonb_array_elements(v_atoms) a cross join lateral jsonb_array_elements(a #> '{s,enum}') d
          where a ->> 'k' = 'atom' and a -> 'n' = 'true' and a -> 's' ? 'enum' and d = y.e)
       order by n
    loop
      v_tried := v_tried + 1;
      if dot.fn_schema_holds(p_links, v_atoms, v_value) then
        return row('refuted', v_value, null, p_budget - v_tried)::dot.schema_found;
      end if;
    end loop;
    return row('proved', null, null, p_budget - v_tried)::dot.schema_found;
  end if;
  v_sub := case p_type
    when 'number' then dot.fn_schema_solve_number(p_links, v_atoms, p_budget)
    when 'string' then dot.fn_schema_solve_string(p_links, v_atoms, p_budget)
    when 'array' then dot.fn_schema_solve_array(p_links, v_atoms, p_stack, p_budget)
    else dot.fn_schema_solve_object(p_links, v_atoms, p_stack, p_budget) end;
  if v_sub.answer = 'unknown' then
    v_sub.why := coalesce((select min(k) from jsonb_array_elements(v_atoms) a cross join lateral jsonb_object_keys(a -> 's') k where a ->> 'k' = 'opaque' and k like 'unevaluated%'), v_sub.why);
  end if;
  return v_sub;
end
$$;
comment on function dot.fn_schema_solve(jsonb, text, jsonb, text[], int) is
  'Whether no value of one JSON type satisfies the rules in p_atoms: a literal each, kind atom, opaque or what they were taken from. Result as fn_schema_sat.';

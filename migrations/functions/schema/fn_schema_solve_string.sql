create or replace function dot.fn_schema_solve_string(p_links jsonb, p_atoms jsonb, out o_empty boolean, out o_witness jsonb, out o_why text)
language plpgsql immutable set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_lo    numeric;
  v_hi    numeric;
  v_seeds text[];
  v_value text;
begin
  o_empty := true;
  select greatest(0, max(case when a -> 'n' = 'false' then (a #> '{s,minLength}')::numeric else (a #> '{s,maxLength}')::numeric + 1 end)),
         min(case when a -> 'n' = 'false' then (a #> '{s,maxLength}')::numeric else (a #> '{s,minLength}')::numeric - 1 end)
    into v_lo, v_hi from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom' and a -> 's' ?| array['minLength', 'maxLength'];
  v_lo := ceil(coalesce(v_lo, 0));
  if v_lo > v_hi or v_hi < 0
    -- What matches every string cannot fail to match.
    or exists (select 1 from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom' and a -> 'n' = 'true' and a #>> '{s,pattern}' in ('', '^', '$', '.*', '^.*', '[\s\S]*', '^[\s\S]*$', '(.*)'))
  then
    return;
  elsif v_hi < 1 then
    o_empty := not dot.fn_schema_holds(p_links, p_atoms, '""');
    o_witness := case when not o_empty then '""'::jsonb end;
    return;
  end if;
  o_empty := false;
  if v_lo > 100000 then
    o_why := 'minLength';
    return;
  end if;
  v_seeds := array['', 'a', 'b', 'A', '0', '1', '-', '_', ' ', '.', '@', '/', 'é', '🐲', E'\n', 'foo', 'bar', 'x']
    || array(select distinct v from jsonb_array_elements(p_atoms) a cross join lateral dot.fn_schema_sample(a #>> '{s,pattern}') v where a -> 's' ? 'pattern' and a ->> 'k' = 'atom')
    || array(select distinct left(e #>> '{}', 1000) from jsonb_array_elements(p_atoms) a cross join lateral jsonb_array_elements(a #> '{s,enum}') e where a -> 's' ? 'enum' and a ->> 'k' = 'atom');
  for v_value in
    select s from unnest(v_seeds) with ordinality x(s, n) where length(s) >= v_lo and (v_hi is null or length(s) <= v_hi)
    union all
    select x.y from unnest(v_seeds) with ordinality s(s, n)
     cross join lateral (values (s || repeat('a', greatest(v_lo::int - length(s), 0))), (repeat('a', greatest(v_lo::int - length(s), 0)) || s),
       (s || repeat('1', greatest(v_lo::int - length(s), 1))), (repeat(s, greatest(ceil(v_lo / greatest(length(s), 1))::int, 1))), (left(s, v_hi::int))) x(y)
     where length(x.y) >= v_lo and (v_hi is null or length(x.y) <= v_hi)
  loop
    if dot.fn_schema_holds(p_links, p_atoms, to_jsonb(v_value)) then
      o_witness := to_jsonb(v_value);
      return;
    end if;
  end loop;
  o_why := 'pattern';
end
$$;
comment on function dot.fn_schema_solve_string(jsonb, jsonb, out boolean, out jsonb, out text) is
  'fn_schema_solve for strings: lengths exactly; patterns by their samples, so that what they exclude is not proved.';

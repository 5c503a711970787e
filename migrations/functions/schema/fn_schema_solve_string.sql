create or replace function dot.fn_schema_solve_string(p_links jsonb, p_atoms jsonb, p_budget int) returns dot.schema_found
language plpgsql immutable set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_lo     numeric;
  v_hi     numeric;
  v_yes    text[];
  v_no     text[];
  v_denied text[];
  v_seeds  text[];
  v_meet   record;
  v_is     text[];
  v_is_not text[];
  v_value  text;
begin
  select greatest(0, max(case when a -> 'n' = 'false' then (a #> '{s,minLength}')::numeric else (a #> '{s,maxLength}')::numeric + 1 end)),
         min(case when a -> 'n' = 'false' then (a #> '{s,maxLength}')::numeric else (a #> '{s,minLength}')::numeric - 1 end)
    into v_lo, v_hi from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom' and a -> 's' ?| array['minLength', 'maxLength'];
  v_lo := ceil(coalesce(v_lo, 0));
  if v_lo > v_hi or v_hi < 0 then
    return row('proved', null, null, p_budget)::dot.schema_found;
  elsif v_hi < 1 then
    if dot.fn_schema_holds(p_links, p_atoms, '""') then
      return row('refuted', '""', null, p_budget)::dot.schema_found;
    end if;
    return row('proved', null, null, p_budget)::dot.schema_found;
  elsif v_lo > 100000 then
    return row('unknown', null, 'minLength', p_budget)::dot.schema_found;
  end if;
  select coalesce(array_agg(distinct a #>> '{s,pattern}') filter (where a -> 'n' = 'false'), '{}'), coalesce(array_agg(distinct a #>> '{s,pattern}') filter (where a -> 'n' = 'true'), '{}')
    into strict v_yes, v_no from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom' and a -> 's' ? 'pattern';
  v_denied := array(select distinct e #>> '{}' from jsonb_array_elements(p_atoms) a cross join lateral jsonb_array_elements(a #> '{s,enum}') e
                     where a ->> 'k' = 'atom' and a -> 'n' = 'true' and a -> 's' ? 'enum' and jsonb_typeof(e) = 'string');
  select coalesce(array_agg(distinct a #>> '{s,format}') filter (where a -> 'n' = 'false'), '{}'), coalesce(array_agg(distinct a #>> '{s,format}') filter (where a -> 'n' = 'true'), '{}')
    into strict v_is, v_is_not from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom' and a -> 's' ? 'format';
  -- A URI is a reference to one.
  if v_yes && v_no or (v_is || case when 'uri' = any (v_is) then '{uri-reference}'::text[] else '{}' end) && v_is_not then
    return row('proved', null, null, p_budget)::dot.schema_found;
  end if;
  if cardinality(v_yes || v_no) > 0 then
    -- Of long texts the first 300 characters are looked for, and the rest is made up below.
    v_meet := dot.fn_schema_regex_meet(v_yes, v_no, least(v_lo, 300)::int, least(cardinality(v_denied) + 3, 40));
    if v_meet.o_complete and (cardinality(v_meet.o_found) = 0 or length(v_meet.o_found[1]) > v_hi) then
      return row('proved', null, null, p_budget - 5)::dot.schema_found;
    end if;
    if cardinality(v_denied) > 0 and v_meet.o_found <@ v_denied and (select sum(length(d)) from unnest(v_denied) d) <= 250 then
      -- What is listed is left out by a pattern of its own.
      v_meet := dot.fn_schema_regex_meet(v_yes, v_no || ('^(?:' || (select string_agg(regexp_replace(d, '([][\\^$.|?*+(){}/-])', '\\\1', 'g'), '|') from unnest(v_denied) d) || ')$'), least(v_lo, 300)::int, 8);
      if v_meet.o_complete and (cardinality(v_meet.o_found) = 0 or length(v_meet.o_found[1]) > v_hi) then
        return row('proved', null, null, p_budget - 10)::dot.schema_found;
      end if;
    end if;
    v_seeds := v_meet.o_found
      || array(select distinct v from unnest(v_yes || v_no) p cross join lateral dot.fn_schema_sample(p) v);
  end if;
  if cardinality(v_is || v_is_not) > 0 then
    v_seeds := dot.fn_schema_format_samples() || v_seeds;
  end if;
  v_seeds := coalesce(v_seeds, '{}') || array['', 'a', 'b', 'A', '0', '1', '-', '_', ' ', '.', '@', '/', 'é', '🐲', E'\n', 'foo', 'bar', 'x']
    || array(select chr(19968 + n) from generate_series(0, least(cardinality(v_denied), 2000)) n);
  for v_value in
    select x.y from (
      select s as y, n, 0 as way from unnest(v_seeds) with ordinality x(s, n)
      union all
      select w.y, s.n, w.way from unnest(v_seeds) with ordinality s(s, n)
       cross join lateral (values (1, s || repeat('a', greatest(v_lo::int - length(s), 0))), (2, repeat('a', greatest(v_lo::int - length(s), 0)) || s),
         (3, s || repeat('1', greatest(v_lo::int - length(s), 1))), (4, repeat(s, greatest(ceil(v_lo / greatest(length(s), 1))::int, 1))), (5, s || repeat(right(s, 1), greatest(v_lo::int - length(s), 0))), (6, left(s, v_hi::int))) w(way, y)
       where s.n <= 40) x
     where length(x.y) >= v_lo and (v_hi is null or length(x.y) <= v_hi) and not x.y = any (v_denied)
     group by x.y order by min(x.way), min(x.n) limit 150
  loop
    if dot.fn_schema_holds(p_links, p_atoms, to_jsonb(v_value)) then
      return row('refuted', to_jsonb(v_value), null, p_budget - 5)::dot.schema_found;
    end if;
  end loop;
  return row('unknown', null, case when cardinality(v_is || v_is_not) > 0 then 'format' when cardinality(v_yes || v_no) > 0 then 'pattern' else 'enum' end, p_budget - 20)::dot.schema_found;
end
$$;
comment on function dot.fn_schema_solve_string(jsonb, jsonb, int) is
  'fn_schema_solve for strings: lengths exactly, patterns by their automaton, or by samples where they have none; asserted formats by samples, but that no text is of a format and is not.';

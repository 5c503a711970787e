create or replace function dot.fn_schema_solve_number(p_links jsonb, p_atoms jsonb, p_budget int) returns dot.schema_found
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  c_most    constant int := 3000;
  v_lo      numeric;
  v_hi      numeric;
  v_lo_open boolean := false;
  v_hi_open boolean := false;
  v_step    numeric;
  v_not     numeric[] := array[]::numeric[];
  v_denied  jsonb;
  v_first   numeric;
  v_last    numeric;
  v_count   numeric;
  v_tried   numeric[];
  v_value   numeric;
  v_all     boolean := false;
  v_a       record;
begin
  for v_a in
    select case when a -> 's' ? 'type' then 'multipleOf' else k end as keyword, case when a -> 's' ? 'type' then 1 else (v)::numeric end as value, a -> 'n' = 'true' as negated
      from jsonb_array_elements(p_atoms) a cross join lateral jsonb_each(a -> 's') x(k, v)
     where a ->> 'k' = 'atom' and not a -> 's' ? 'enum'
  loop
    if v_a.keyword = 'multipleOf' and v_a.value <= 0 then
      return row('unknown', null, 'multipleOf', p_budget)::dot.schema_found;
    elsif v_a.keyword = 'multipleOf' and v_a.negated then
      v_not := v_not || v_a.value;
    elsif v_a.keyword = 'multipleOf' then
      -- Exact for decimals; looked at again, since all depends on it.
      v_value := v_step;
      v_step := case when v_step is null then v_a.value else lcm(v_step, v_a.value) end;
      if v_step <= 0 or v_step % v_a.value <> 0 or v_step % coalesce(v_value, v_step) <> 0 then
        return row('unknown', null, 'multipleOf', p_budget)::dot.schema_found;
      end if;
    elsif v_a.keyword in ('minimum', 'exclusiveMinimum') <> v_a.negated then
      if v_lo is null or v_a.value > v_lo or (v_a.value = v_lo and v_a.keyword in ('exclusiveMinimum', 'maximum')) then
        v_lo := v_a.value;
        v_lo_open := v_a.keyword in ('exclusiveMinimum', 'maximum');
      end if;
    elsif v_hi is null or v_a.value < v_hi or (v_a.value = v_hi and v_a.keyword in ('exclusiveMaximum', 'minimum')) then
      v_hi := v_a.value;
      v_hi_open := v_a.keyword in ('exclusiveMaximum', 'minimum');
    end if;
  end loop;
  if v_lo > v_hi or (v_lo = v_hi and (v_lo_open or v_hi_open)) or exists (select 1 from unnest(v_not) m where v_step % m = 0) then
    return row('proved', null, null, p_budget)::dot.schema_found;
  end if;
  select coalesce(jsonb_agg(e), '[]') into strict v_denied
    from jsonb_array_elements(p_atoms) a cross join lateral jsonb_array_elements(a #> '{s,enum}') e where a ->> 'k' = 'atom' and a -> 'n' = 'true' and a -> 's' ? 'enum';
  if v_step is not null then
    -- The first and the last multiple within the bounds, without a division that rounds; null where there is no bound.
    v_first := v_lo - v_lo % v_step;
    v_first := case when v_first < v_lo or (v_lo_open and v_first = v_lo) then v_first + v_step else v_first end;
    v_last := v_hi - v_hi % v_step;
    v_last := case when v_last > v_hi or (v_hi_open and v_last = v_hi) then v_last - v_step else v_last end;
    if v_first > v_last then
      return row('proved', null, null, p_budget)::dot.schema_found;
    end if;
    v_count := div(v_last - v_first, v_step);
    v_all := coalesce(v_count <= c_most, false);
    v_count := case when v_all then v_count else least(c_most, jsonb_array_length(v_denied) + 200) end;
    v_tried := array(select case when v_first is not null then v_first + n * v_step when v_last is not null then v_last - n * v_step else n * v_step end
                       from generate_series(0, v_count::int) n);
    if not v_all then
      v_tried := v_tried || array(select coalesce(v_last, v_first) + case when v_last is null then 1000 + n else -n end * v_step from generate_series(0, 20) n)
        || case when v_first is null and v_last is null then array(select -n * v_step from generate_series(1, 20) n) else '{}' end;
    end if;
  elsif v_lo = v_hi then
    v_all := true;
    v_tried := array[v_lo];
  else
    v_tried := array[v_lo, v_hi, (v_lo + v_hi) / 2, (v_lo + v_hi) / 2 + (v_hi - v_lo) / 7, v_lo + 1, v_lo + 2, v_lo + 0.5, v_lo + 0.1, v_lo + 0.01, v_hi - 1, v_hi - 2, v_hi - 0.5, v_hi - 0.1,
      v_hi - 0.01, 0, 1, -1, 0.5, -0.5, 1.1, 2, 3, 5, 7, 10, 100, 0.123456789, 12345.6789, -12345.6789, 1e300]
      || array(select ceil(coalesce(v_lo, v_hi - 40, -20)) + n from generate_series(0, least(c_most, jsonb_array_length(v_denied) + 40)) n) || array(select n + 0.37 from generate_series(-20, 20) n)
      || array(select v_lo + (v_hi - v_lo) * n / 64 from generate_series(1, 63) n where v_lo < v_hi);
  end if;
  for v_value in
    select v from unnest(v_tried) with ordinality x(v, n)
     where v is not null and not exists (select 1 from unnest(v_not) m where v % m = 0)
       and v not in (select (d #>> '{}')::numeric from jsonb_array_elements(v_denied) d where jsonb_typeof(d) = 'number')
     order by n limit 100
  loop
    if dot.fn_schema_holds(p_links, p_atoms, to_jsonb(v_value)) then
      return row('refuted', to_jsonb(v_value), null, p_budget)::dot.schema_found;
    end if;
    -- One that meets all that was looked at here, and yet is not a value, is no proof of anything.
    v_all := false;
  end loop;
  return row(case when v_all then 'proved' else 'unknown' end, null, 'multipleOf', p_budget)::dot.schema_found;
end
$$;
comment on function dot.fn_schema_solve_number(jsonb, jsonb, int) is
  'fn_schema_solve for numbers: bounds, steps and excluded steps in exact decimals; up to 3,000 remaining values are all looked at.';

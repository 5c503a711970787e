create or replace function dot.fn_schema_solve_number(p_links jsonb, p_atoms jsonb, out o_empty boolean, out o_witness jsonb, out o_why text)
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_lo      numeric;
  v_hi      numeric;
  v_lo_open boolean := false;
  v_hi_open boolean := false;
  v_step    numeric;
  v_not     numeric[] := array[]::numeric[];
  v_scale   numeric;
  v_first   numeric;
  v_last    numeric;
  v_tried   numeric[];
  v_value   numeric;
  v_exact   boolean := false;
  v_a       record;
begin
  o_empty := false;
  for v_a in
    select case when a -> 's' ? 'type' then 'multipleOf' else k end as keyword, case when a -> 's' ? 'type' then 1 else (v)::numeric end as value, a -> 'n' = 'true' as negated
      from jsonb_array_elements(p_atoms) a cross join lateral jsonb_each(a -> 's') x(k, v)
     where a ->> 'k' = 'atom' and not a -> 's' ? 'enum'
  loop
    if v_a.keyword = 'multipleOf' and v_a.value <= 0 then
      o_why := 'multipleOf';
      return;
    elsif v_a.keyword = 'multipleOf' and v_a.negated then
      v_not := v_not || v_a.value;
    elsif v_a.keyword = 'multipleOf' then
      v_scale := 10 ^ greatest(scale(v_a.value), coalesce(scale(v_step), 0));
      v_step := trim_scale(case when v_step is null then v_a.value else lcm(trunc(v_a.value * v_scale), trunc(v_step * v_scale)) / v_scale end);
    elsif v_a.keyword in ('minimum', 'exclusiveMinimum') <> v_a.negated then
      if v_lo is null or v_a.value > v_lo or (v_a.value = v_lo and (v_a.keyword in ('exclusiveMinimum', 'maximum'))) then
        v_lo := v_a.value;
        v_lo_open := v_a.keyword in ('exclusiveMinimum', 'maximum');
      end if;
    elsif v_hi is null or v_a.value < v_hi or (v_a.value = v_hi and (v_a.keyword in ('exclusiveMaximum', 'minimum'))) then
      v_hi := v_a.value;
      v_hi_open := v_a.keyword in ('exclusiveMaximum', 'minimum');
    end if;
  end loop;
  if v_lo > v_hi or (v_lo = v_hi and (v_lo_open or v_hi_open)) or exists (select 1 from unnest(v_not) m where v_step % m = 0) then
    o_empty := true;
    return;
  end if;
  if v_step is not null then
    v_first := ceil(v_lo / v_step) * v_step;
    -- Division rounds; the neighbours put it right.
    v_first := case when v_first < v_lo or (v_lo_open and v_first = v_lo) then v_first + v_step when v_first - v_step > v_lo or (not v_lo_open and v_first - v_step = v_lo) then v_first - v_step else v_first end;
    v_last := floor(v_hi / v_step) * v_step;
    v_last := case when v_last > v_hi or (v_hi_open and v_last = v_hi) then v_last - v_step when v_last + v_step < v_hi or (not v_hi_open and v_last + v_step = v_hi) then v_last + v_step else v_last end;
    if v_first > v_last then
      o_empty := true;
      return;
    end if;
    v_exact := (v_last - v_first) / v_step <= 300;
    v_tried := array(select coalesce(v_first + n * v_step, v_last - n * v_step, n * v_step) from generate_series(0, case when v_exact then ((v_last - v_first) / v_step)::int else 100 end) n)
      || case when v_exact then '{}' else array(select v_last - n * v_step from generate_series(0, 20) n) || array(select -n * v_step from generate_series(1, 20) n) end;
  elsif v_lo = v_hi then
    v_exact := true;
    v_tried := array[v_lo];
  else
    v_tried := array[v_lo, v_hi, (v_lo + v_hi) / 2, (v_lo + v_hi) / 2 + (v_hi - v_lo) / 7, v_lo + 1, v_lo + 2, v_lo + 0.5, v_lo + 0.1, v_lo + 0.01, v_hi - 1, v_hi - 2, v_hi - 0.5, v_hi - 0.1,
      v_hi - 0.01, 0, 1, -1, 0.5, -0.5, 1.1, 2, 3, 5, 7, 10, 100, 0.123456789, 12345.6789, -12345.6789, 1e300]
      || array(select n from generate_series(ceil(coalesce(v_lo, v_hi - 40, -20)), ceil(coalesce(v_lo, v_hi - 40, -20)) + 40) n) || array(select n + 0.37 from generate_series(-20, 20) n);
  end if;
  foreach v_value in array v_tried loop
    if v_value is not null and dot.fn_schema_holds(p_links, p_atoms, to_jsonb(v_value)) then
      o_witness := to_jsonb(v_value);
      return;
    end if;
  end loop;
  o_empty := v_exact;
  o_why := 'multipleOf';
end
$$;
comment on function dot.fn_schema_solve_number(jsonb, jsonb, out boolean, out jsonb, out text) is
  'fn_schema_solve for numbers: bounds, steps and excluded steps in exact decimals; up to 300 remaining values are all tried.';

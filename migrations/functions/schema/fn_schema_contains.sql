create or replace function dot.fn_schema_contains(p_inner jsonb, p_outer jsonb, p_documents jsonb default null, p_also jsonb default null) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_links jsonb;
  v_joint jsonb;
  v_lits  jsonb;
  v_value jsonb;
  v_name  text;
  v_sub   dot.schema_found;
  v_listed boolean := jsonb_typeof(p_inner) = 'object' and p_inner ?| array['const', 'enum'];
begin
  if p_inner = p_outer or p_inner = 'false' or p_outer = 'true' or p_also = p_outer or p_also = 'false' then
    return jsonb_build_object('verdict', 'contained');
  end if;
  v_links := jsonb_build_object('old', dot.fn_schema_link(p_inner, p_documents), 'new', dot.fn_schema_link(p_outer, p_documents))
    || case when p_also is null then '{}' else jsonb_build_object('also', dot.fn_schema_link(p_also, p_documents)) end;
  -- A literal each: within p_inner, within p_also, not within p_outer.
  select jsonb_agg(jsonb_build_object('s', l.value -> 'schema', 'n', l.key = 'new', 'b', l.value -> 'base', 'l', l.key) order by l.key desc) into v_lits from jsonb_each(v_links) l;
  -- A few plain values may refute; where the values are listed, each is tried, which is exact.
  for v_value in
    select e from jsonb_array_elements(case
      when v_listed and p_inner ? 'const' then jsonb_build_array(p_inner -> 'const')
      when v_listed then p_inner -> 'enum'
      else '[null, true, 0, 0.5, "", "a", [], [0], {}]' end) e
  loop
    if dot.fn_schema_holds(v_links, v_lits, v_value) then
      return jsonb_build_object('verdict', 'not_contained', 'witness', v_value);
    end if;
  end loop;
  -- What is not asked for in a dialect of its own is not known to the rules below; nor are values listed there.
  if exists (select 1 from jsonb_each(v_links) l where l.value -> 'off' <> '{}') then
    return jsonb_build_object('verdict', 'unproven', 'keyword', '$vocabulary');
  elsif v_listed then
    return jsonb_build_object('verdict', 'contained');
  end if;
  -- Where an anchor has several targets, each way to come to a schema is one of its own; and another address is no other meaning.
  if (select count(distinct l.value -> 'base') > 1 from jsonb_each(v_links) l) or exists (select 1 from jsonb_each(v_links) l cross join lateral jsonb_each(l.value -> 'dynamic') a cross join lateral jsonb_object_keys(a.value) k group by l.key, k having count(*) > 1) then
    v_links := (select jsonb_object_agg(l.key, dot.fn_schema_static(l.value)) from jsonb_each(v_links) l);
    if exists (select 1 from jsonb_each(v_links) l where l.value = 'null') then
      return jsonb_build_object('verdict', 'unproven', 'keyword', '$dynamicRef');
    end if;
    v_lits := (select jsonb_agg(l || jsonb_build_object('s', v_links #> array[l ->> 'l', 'schema'], 'b', v_links #> array[l ->> 'l', 'base']) order by n) from jsonb_array_elements(v_lits) with ordinality x(l, n));
  end if;
  -- Whatever is written the same in all of them shall mean the same.
  foreach v_name in array array['also', 'new'] loop
    continue when not v_links ? v_name;
    v_joint := dot.fn_schema_join(v_links -> 'old', v_links -> v_name, v_name || ':');
    if v_joint is not null then
      v_links := v_links || jsonb_build_object('old', v_joint -> 'link');
      v_lits := (select jsonb_agg(case when l ->> 'l' = v_name then l || jsonb_build_object('l', 'old', 's', v_joint -> 'schema') else l end) from jsonb_array_elements(v_lits) l);
    elsif v_links -> v_name -> 'refs' = v_links -> 'old' -> 'refs' then
      v_lits := (select jsonb_agg(case when l ->> 'l' = v_name then l || '{"l": "old"}' else l end) from jsonb_array_elements(v_lits) l);
    end if;
  end loop;
  begin
    v_sub := dot.fn_schema_sat(dot.fn_schema_lemmas(v_links), v_lits, '{}', 2500);
  exception
    when statement_too_complex then
      return jsonb_build_object('verdict', 'unproven', 'keyword', 'depth');
    when numeric_value_out_of_range or program_limit_exceeded then
      return jsonb_build_object('verdict', 'unproven', 'keyword', 'size');
  end;
  if v_sub.answer = 'proved' then
    return jsonb_build_object('verdict', 'contained');
  elsif v_sub.answer = 'refuted' and dot.fn_schema_valid(p_inner, v_sub.witness, p_documents) and not dot.fn_schema_valid(p_outer, v_sub.witness, p_documents)
    and (p_also is null or dot.fn_schema_valid(p_also, v_sub.witness, p_documents))
  then
    return jsonb_build_object('verdict', 'not_contained', 'witness', v_sub.witness);
  end if;
  return jsonb_build_object('verdict', 'unproven', 'keyword', coalesce(v_sub.why, 'size'));
end
$$;
comment on function dot.fn_schema_contains(jsonb, jsonb, jsonb, jsonb) is
  'Whether every value valid under p_inner (and under p_also, where that is given) is valid under p_outer: {verdict: contained} when that is proved; {verdict: not_contained, witness} with a value that the validator accepts under p_inner and p_also and rejects under p_outer; {verdict: unproven, keyword} when neither is known. DT400 for schemas that cannot be used.';

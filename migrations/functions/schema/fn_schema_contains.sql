create or replace function dot.fn_schema_contains(p_inner jsonb, p_outer jsonb, p_documents jsonb default null) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_inner jsonb;
  v_outer jsonb;
  v_key   text := 'new';
  v_value jsonb;
  v_sub   record;
begin
  if p_inner = p_outer or p_inner = 'false' or p_outer = 'true' then
    return jsonb_build_object('verdict', 'contained');
  end if;
  -- Where the values are listed, each is tried, which is exact; else a few plain ones, which may refute.
  for v_value in
    select e from jsonb_array_elements(case
      when jsonb_typeof(p_inner) = 'object' and p_inner ? 'const' then jsonb_build_array(p_inner -> 'const')
      when jsonb_typeof(p_inner) = 'object' and p_inner ? 'enum' then p_inner -> 'enum'
      else '[null, true, 0, 0.5, "", "a", [], [0], {}]' end) e
  loop
    if dot.fn_schema_valid(p_inner, v_value, p_documents) and not dot.fn_schema_valid(p_outer, v_value, p_documents) then
      return jsonb_build_object('verdict', 'not_contained', 'witness', v_value);
    end if;
  end loop;
  if jsonb_typeof(p_inner) = 'object' and p_inner ?| array['const', 'enum'] then
    return jsonb_build_object('verdict', 'contained');
  end if;
  v_inner := dot.fn_schema_link(p_inner, p_documents);
  v_outer := dot.fn_schema_link(p_outer, p_documents);
  if v_inner -> 'off' <> '{}' or v_outer -> 'off' <> '{}' then
    return jsonb_build_object('verdict', 'unproven', 'keyword', '$vocabulary');
  elsif exists (select 1 from jsonb_each(v_inner -> 'dynamic') a cross join lateral jsonb_object_keys(a.value) k group by k having count(*) > 1)
     or exists (select 1 from jsonb_each(v_outer -> 'dynamic') a cross join lateral jsonb_object_keys(a.value) k group by k having count(*) > 1)
  then
    return jsonb_build_object('verdict', 'unproven', 'keyword', '$dynamicRef');
  end if;
  -- References that lead to the same places mean the same on both sides.
  if v_inner -> 'refs' = v_outer -> 'refs' then
    v_key := 'old';
  end if;
  begin
    select * into v_sub from dot.fn_schema_sat(jsonb_build_object('old', v_inner, 'new', v_outer), jsonb_build_array(
      jsonb_build_object('s', v_inner -> 'schema', 'n', false, 'b', v_inner -> 'base', 'l', 'old'),
      jsonb_build_object('s', v_outer -> 'schema', 'n', true, 'b', v_outer -> 'base', 'l', v_key)), '{}', 6000);
  exception when statement_too_complex then
    return jsonb_build_object('verdict', 'unproven', 'keyword', 'depth');
  end;
  if v_sub.o_empty then
    return jsonb_build_object('verdict', 'contained');
  elsif v_sub.o_witness is not null and dot.fn_schema_valid(p_inner, v_sub.o_witness, p_documents) and not dot.fn_schema_valid(p_outer, v_sub.o_witness, p_documents) then
    return jsonb_build_object('verdict', 'not_contained', 'witness', v_sub.o_witness);
  end if;
  return jsonb_build_object('verdict', 'unproven', 'keyword', coalesce(v_sub.o_why, 'size'));
end
$$;
comment on function dot.fn_schema_contains(jsonb, jsonb, jsonb) is
  'Whether every value valid under p_inner is valid under p_outer: {verdict: contained} when that is proved; {verdict: not_contained, witness} with a value that the validator accepts under p_inner and rejects under p_outer; {verdict: unproven, keyword} when neither is known. DT400 for schemas that cannot be used.';

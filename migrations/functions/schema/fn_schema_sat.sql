create or replace function dot.fn_schema_sat(p_links jsonb, p_literals jsonb, p_stack text[], p_budget int) returns dot.schema_found
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_key    text;
  v_type   text;
  v_types  jsonb[];
  v_guess  jsonb;
  v_open   boolean := false;
  v_why    text;
  v_budget int := p_budget;
  v_sub    dot.schema_found;
begin
  if p_literals = '[]' then
    return row('refuted', '0', null, v_budget)::dot.schema_found;
  end if;
  if jsonb_array_length(p_literals) = 1 and p_literals #> '{0,n}' = 'false' then
    v_guess := dot.fn_schema_plain(p_literals #> '{0,s}');
    if v_guess is not null then
      return row('refuted', v_guess, null, v_budget)::dot.schema_found;
    end if;
  end if;
  -- What is known of two references.
  if p_links ? 'lemma' and jsonb_array_length(p_literals) = 2 and p_literals #> '{0,n}' <> p_literals #> '{1,n}' and p_literals #> '{0,s}' ? '$ref' and p_literals #> '{1,s}' ? '$ref' then
    select p_links #> array['lemma', string_agg(concat(e ->> 'b', ' ', e #>> '{s,$ref}'), '|' order by e -> 'n')] into v_guess from jsonb_array_elements(p_literals) e
     having bool_and((e -> 's') - array['title', 'description', '$comment', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly', '$ref'] = '{}');
    if v_guess ->> 'a' = 'within' then
      return row('proved', null, null, v_budget)::dot.schema_found;
    elsif v_guess ->> 'a' = 'refuted' then
      return row('refuted', v_guess -> 'w', null, v_budget)::dot.schema_found;
    end if;
  end if;
  select md5(string_agg(distinct e::text, ' ' order by e::text)) into strict v_key from jsonb_array_elements(p_literals) e;
  if v_key = any (p_stack) then
    -- A value that needs a value of the same kind within itself, and has no other way to be, is not finite.
    return row('proved', null, null, v_budget)::dot.schema_found;
  elsif cardinality(p_stack) > 40 then
    return row('unknown', null, 'depth', v_budget)::dot.schema_found;
  end if;
  -- Said here, or by what is referred to.
  with recursive part(s, b, l, depth) as (
    select e -> 's', e ->> 'b', e ->> 'l', 0 from jsonb_array_elements(p_literals) e where e -> 'n' = 'false' and jsonb_typeof(e -> 's') = 'object'
    union all
    select r.target -> 'schema', r.target ->> 'base', p.l, p.depth + 1
      from part p cross join lateral (select p_links #> array[p.l, 'refs', p.b || ' ' || (p.s ->> '$ref')] as target) r
     where p.depth < 4 and p.s ? '$ref' and not p.s ? '$id' and jsonb_typeof(r.target -> 'schema') = 'object'
  )
  select array_agg(p.s -> 'type') filter (where p.s ? 'type') into v_types from part p;
  foreach v_type in array array['null', 'boolean', 'number', 'string', 'array', 'object'] loop
    -- What says its type has no value of another.
    continue when exists (select 1 from unnest(v_types) t where not (t ? v_type or (v_type = 'number' and t ? 'integer')));
    v_sub := dot.fn_schema_sat_type(p_links, v_type, p_literals, '[]', '[]', p_stack || v_key, v_budget);
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
comment on function dot.fn_schema_sat(jsonb, jsonb, text[], int) is
  'Whether no JSON value satisfies all literals [{s: schema, n: negated, b: base, l: key of its link in p_links}]: proved; refuted by one that does, checked by the validator; or unknown, with the keyword. p_stack: the questions around this one; p_budget: steps left. A tableau: split by type, then by the boolean keywords, then decided by the rules of the type.';

create or replace function dot.fn_schema_expression(
  p_link jsonb, p_schema jsonb, p_base text, p_chain text[], p_value text, p_text text, p_depth int, inout p_budget int, out o_sql text)
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  c_max    constant int := 60000;
  v_base   text := p_base;
  v_types  text[] := case jsonb_typeof(p_schema -> 'type')
    when 'string' then array[p_schema ->> 'type'] when 'array' then array(select jsonb_array_elements_text(p_schema -> 'type')) end;
  v_cases  text[] := array[]::text[];
  v_cased  text[] := array[]::text[];
  v_plain  text[];
  v_parts  text[] := array[]::text[];
  v_typed  text[];
  v_all    text[];
  v_k      text;
  v_v      jsonb;
  v_item   record;
  v_sub    record;
  v_target jsonb;
  v_class  text;
  v_each   text := 'e' || p_depth;
  v_rest   jsonb;
  v_names  text;
begin
  o_sql := null;
  p_budget := p_budget - 1;
  if p_schema is null or p_budget < 0 then
    return;
  elsif jsonb_typeof(p_schema) = 'boolean' then
    o_sql := p_schema::text;
    return;
  end if;
  if jsonb_typeof(p_schema -> '$id') = 'string' then
    v_base := regexp_replace(dot.fn_schema_uri(p_base, p_schema ->> '$id'), '#$', '');
  end if;
  v_rest := p_schema -> 'additionalProperties';
  -- What is not evaluated is what is additional, as long as nothing but the keywords beside it evaluates.
  if coalesce(p_schema -> 'unevaluatedProperties', 'true') <> 'true' and v_rest is null then
    if p_schema ?| array['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'if', 'dependentSchemas'] then
      return;
    end if;
    v_rest := p_schema -> 'unevaluatedProperties';
  end if;
  if coalesce(p_schema -> 'unevaluatedItems', 'true') <> 'true' and not p_schema ? 'items'
    and p_schema ?| array['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'if', 'dependentSchemas', 'contains'] then
    return;
  end if;

  -- By the type that a keyword is about: what is of another type passes it.
  foreach v_class in array array['any', 'string', 'number', 'array', 'object'] loop
    v_typed := '{}';
    for v_k, v_v in
      select x.key, x.value from jsonb_each(p_schema || jsonb_build_object('additionalProperties', v_rest, 'items', coalesce(p_schema -> 'items', p_schema -> 'unevaluatedItems'))) x
       where x.value <> 'null' or x.key = 'const'
    loop
      continue when v_class <> case
        when v_k in ('const', 'enum', '$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'not', 'if') then 'any'
        when v_k in ('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf') then 'number'
        when v_k in ('minLength', 'maxLength', 'pattern', 'format') then 'string'
        when v_k in ('items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems') then 'array'
        when v_k in ('properties', 'patternProperties', 'additionalProperties', 'propertyNames', 'required', 'minProperties', 'maxProperties',
                     'dependentRequired', 'dependentSchemas') then 'object'
        else '' end;
      case v_k
      when 'const' then
        v_typed := v_typed || format('%s = %L::jsonb', p_value, v_v);
      when 'enum' then
        v_typed := v_typed || case when v_v = '[]' then 'false' else (select format('%s in (%s)', p_value, string_agg(format('%L::jsonb', e), ', ')) from jsonb_array_elements(v_v) e) end;
      when '$ref', '$dynamicRef' then
        v_target := p_link #> array['refs', v_base || ' ' || (v_v #>> '{}')];
        if (v_target ->> 'at') = any (p_chain)
          or (v_k = '$dynamicRef' and v_target ->> 'anchor' is not null and (select count(*) from jsonb_each(p_link -> 'dynamic') d where d.value ? (v_target ->> 'anchor')) <> 1) then
          return;
        end if;
        select * into v_sub from dot.fn_schema_expression(p_link, v_target -> 'schema', v_target ->> 'base', p_chain || (v_target ->> 'at'), p_value, p_text, p_depth, p_budget);
        p_budget := v_sub.p_budget;
        if v_sub.o_sql is null then return; end if;
        v_typed := v_typed || v_sub.o_sql;
      when 'allOf', 'anyOf', 'oneOf' then
        v_all := '{}';
        for v_item in select e from jsonb_array_elements(v_v) e loop
          select * into v_sub from dot.fn_schema_expression(p_link, v_item.e, v_base, p_chain, p_value, p_text, p_depth, p_budget);
          p_budget := v_sub.p_budget;
          if v_sub.o_sql is null then return; end if;
          v_all := v_all || v_sub.o_sql;
        end loop;
        v_typed := v_typed || case v_k
          when 'allOf' then array_to_string(v_all, ' and ')
          when 'anyOf' then '(' || array_to_string(v_all, ' or ') || ')'
          else (select string_agg(format('case when %s then 1 else 0 end', a), ' + ') || ' = 1' from unnest(v_all) a) end;
      when 'not' then
        select * into v_sub from dot.fn_schema_expression(p_link, v_v, v_base, p_chain, p_value, p_text, p_depth, p_budget);
        p_budget := v_sub.p_budget;
        if v_sub.o_sql is null then return; end if;
        v_typed := v_typed || format('(not %s)', v_sub.o_sql);
      when 'if' then
        v_all := '{}';
        for v_item in select coalesce(p_schema -> b, 'true') as e from unnest(array['if', 'then', 'else']) with ordinality x(b, n) order by n loop
          select * into v_sub from dot.fn_schema_expression(p_link, v_item.e, v_base, p_chain, p_value, p_text, p_depth, p_budget);
          p_budget := v_sub.p_budget;
          if v_sub.o_sql is null then return; end if;
          v_all := v_all || v_sub.o_sql;
        end loop;
        v_typed := v_typed || format('case when %s then %s else %s end', v_all[1], v_all[2], v_all[3]);
      when 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum' then
        -- jsonb compares numbers as numbers, and never fails.
        v_typed := v_typed || format('%s %s %L::jsonb', p_value, case v_k when 'minimum' then '>=' when 'maximum' then '<=' when 'exclusiveMinimum' then '>' else '<' end, v_v);
      when 'multipleOf' then
        v_typed := v_typed || format('(%1$s)::numeric %% %2$s = 0', p_value, v_v);
      when 'minLength', 'maxLength' then
        v_typed := v_typed || format('char_length(%s) %s %s', p_text, case v_k when 'minLength' then '>=' else '<=' end, v_v);
      when 'pattern' then
        v_typed := v_typed || format('%s ~ %s', p_text, dot.fn_schema_regex_literal(v_v #>> '{}'));
      when 'format' then
        -- Whether a text is a regular expression is not asked in a parallel worker, where no error can be caught.
        if v_v = '"regex"' then
          return;
        end if;
        v_typed := v_typed || format('dot.%I(%s)', 'fn_schema_format_' || replace(v_v #>> '{}', '-', '_'), p_text);
      when 'minItems', 'maxItems' then
        v_typed := v_typed || format('jsonb_array_length(%s) %s %s', p_value, case v_k when 'minItems' then '>=' else '<=' end, v_v);
      when 'uniqueItems' then
        if v_v = 'true' then
          v_typed := v_typed || format('(select count(distinct %2$s) = count(*) from jsonb_array_elements(%1$s) %2$s)', p_value, v_each);
        end if;
      when 'prefixItems' then
        for v_item in select n - 1 as n, e from jsonb_array_elements(v_v) with ordinality x(e, n) loop
          select * into v_sub from dot.fn_schema_expression(p_link, v_item.e, v_base, p_chain, format('(%s -> %s)', p_value, v_item.n), format('(%s ->> %s)', p_value, v_item.n), p_depth, p_budget);
          p_budget := v_sub.p_budget;
          if v_sub.o_sql is null then return; end if;
          v_typed := v_typed || case when v_sub.o_sql <> 'true' then format('(%s -> %s is null or %s)', p_value, v_item.n, v_sub.o_sql) end;
        end loop;
      when 'items', 'contains' then
        select * into v_sub from dot.fn_schema_expression(p_link, v_v, v_base, p_chain, v_each || '.e', format('(%s.e #>> ''{}'')', v_each), p_depth + 1, p_budget);
        p_budget := v_sub.p_budget;
        if v_sub.o_sql is null then return; end if;
        v_names := format('from jsonb_array_elements(%1$s) with ordinality %2$s(e, n) where', p_value, v_each);
        if v_k = 'contains' then
          v_typed := v_typed || format('(select count(*) %s %s) %s', v_names, v_sub.o_sql, case
            when p_schema ? 'maxContains' then format('between %s and %s', coalesce(p_schema -> 'minContains', '1'), p_schema -> 'maxContains')
            else format('>= %s', coalesce(p_schema -> 'minContains', '1')) end);
        elsif v_sub.o_sql <> 'true' then
          v_typed := v_typed || format('not exists (select 1 %s %s.n > %s and not %s)', v_names, v_each, coalesce(jsonb_array_length(p_schema -> 'prefixItems'), 0), v_sub.o_sql);
        end if;
      when 'required' then
        v_typed := v_typed || (select case count(*) when 0 then null when 1 then format('%s ? %L', p_value, min(r)) else format('%s ?& %L::text[]', p_value, array_agg(r)) end
                                 from jsonb_array_elements_text(v_v) r where jsonb_typeof(p_schema -> 'properties' -> r -> 'type') is distinct from 'string');
      when 'properties' then
        for v_item in select key, value from jsonb_each(v_v) loop
          select * into v_sub from dot.fn_schema_expression(p_link, v_item.value, v_base, p_chain, format('(%s -> %L)', p_value, v_item.key), format('(%s ->> %L)', p_value, v_item.key), p_depth, p_budget);
          p_budget := v_sub.p_budget;
          if v_sub.o_sql is null then return; end if;
          v_typed := v_typed || case
            -- A property that must be there and of one type: looking at its type is looking whether it is there.
            when jsonb_typeof(v_item.value -> 'type') = 'string' and p_schema -> 'required' ? v_item.key then format('coalesce(%s, false)', v_sub.o_sql)
            when v_sub.o_sql <> 'true' then format('(%s -> %L is null or %s)', p_value, v_item.key, v_sub.o_sql) end;
        end loop;
      when 'dependentRequired' then
        v_typed := v_typed || coalesce((select array_agg(format('(not %s ? %L or %s ?& %L::text[])', p_value, d.key, p_value, array(select jsonb_array_elements_text(d.value)))) from jsonb_each(v_v) d), '{}');
      when 'dependentSchemas' then
        for v_item in select key, value from jsonb_each(v_v) loop
          select * into v_sub from dot.fn_schema_expression(p_link, v_item.value, v_base, p_chain, p_value, p_text, p_depth, p_budget);
          p_budget := v_sub.p_budget;
          if v_sub.o_sql is null then return; end if;
          v_typed := v_typed || format('(not %s ? %L or %s)', p_value, v_item.key, v_sub.o_sql);
        end loop;
      when 'minProperties', 'maxProperties' then
        v_typed := v_typed || format('(select count(*) from jsonb_object_keys(%1$s)) %2$s %3$s',
          p_value, case v_k when 'minProperties' then '>=' else '<=' end, v_v);
      else
        -- The members of an object: patternProperties, additionalProperties, propertyNames.
        v_names := format('from jsonb_each(%1$s) %2$s(k, e) where', p_value, v_each);
        for v_item in
          select q.key, q.value from jsonb_each(case v_k when 'patternProperties' then v_v else jsonb_build_object('', v_v) end) q
        loop
          select * into v_sub from dot.fn_schema_expression(p_link, v_item.value, v_base, p_chain,
            case v_k when 'propertyNames' then format('to_jsonb(%s.k)', v_each) else v_each || '.e' end,
            case v_k when 'propertyNames' then v_each || '.k' else format('(%s.e #>> ''{}'')', v_each) end, p_depth + 1, p_budget);
          p_budget := v_sub.p_budget;
          if v_sub.o_sql is null then return; end if;
          continue when v_sub.o_sql = 'true';
          if v_k = 'additionalProperties' and v_sub.o_sql = 'false' and not p_schema ? 'patternProperties' then
            v_typed := v_typed || format('%1$s - %2$L::text[] = ''{}''', p_value,
              array(select jsonb_object_keys(coalesce(p_schema -> 'properties', '{}'))));
          else
            v_typed := v_typed || format('not exists (select 1 %s %s not %s)', v_names, case v_k
              when 'patternProperties' then format('%s.k ~ %s and', v_each, dot.fn_schema_regex_literal(v_item.key))
              when 'additionalProperties' then format('%1$s.k <> all (%2$L::text[]) and', v_each, array(select jsonb_object_keys(coalesce(p_schema -> 'properties', '{}'))))
                || coalesce((select string_agg(format(' %s.k !~ %s and', v_each, dot.fn_schema_regex_literal(q)), '') from jsonb_object_keys(p_schema -> 'patternProperties') q), '')
              else '' end, v_sub.o_sql);
          end if;
        end loop;
      end case;
      if length(array_to_string(v_typed, '')) > c_max then
        return;
      end if;
    end loop;
    v_typed := array_remove(array_remove(v_typed, null), 'true');
    if v_class = 'any' then
      v_parts := v_typed;
    elsif v_class = 'number' and v_types is not null and 'integer' = any (v_types) and not 'number' = any (v_types) then
      -- Most integers are written as such.
      v_typed := format('(scale((%1$s)::numeric) = 0 or (%1$s)::numeric %% 1 = 0)', p_value) || v_typed;
    end if;
    if v_class <> 'any' and cardinality(v_typed) > 0 and (v_types is null or v_class = any (v_types) or (v_class = 'number' and 'integer' = any (v_types))) then
      v_cases := v_cases || format('when %L then %s', v_class, array_to_string(v_typed, ' and '));
      v_cased := v_cased || v_class;
    end if;
  end loop;
  -- One look at the type decides which rules there are.
  if v_types is not null then
    v_plain := array(select distinct case t when 'integer' then 'number' else t end from unnest(v_types) t where not case t when 'integer' then 'number' else t end = any (v_cased));
    v_parts := case
      when cardinality(v_cases) = 0 and cardinality(v_plain) = 1 then format('jsonb_typeof(%s) = %L', p_value, v_plain[1])
      when cardinality(v_cases) = 0 then format('jsonb_typeof(%s) = any (%L::text[])', p_value, v_plain)
      else format('case jsonb_typeof(%s) %s%s else false end', p_value, array_to_string(v_cases, ' '), (select string_agg(format(' when %L then true', t), '') from unnest(v_plain) t)) end || v_parts;
  elsif cardinality(v_cases) > 0 then
    v_parts := v_parts || format('case jsonb_typeof(%s) %s else true end', p_value, array_to_string(v_cases, ' '));
  end if;
  o_sql := case cardinality(v_parts) when 0 then 'true' else '(' || array_to_string(v_parts, ' and ') || ')' end;
end
$$;
comment on function dot.fn_schema_expression(jsonb, jsonb, text, text[], text, text, int, int) is
  'One subschema of a linked schema (fn_schema_link) as an SQL expression over a jsonb value: true, false, and null only for a null value. p_value, p_text: the value''s expression as jsonb and as text; p_chain: the references expanded around it; p_depth numbers the aliases; p_budget: subschemas left. o_sql is null for what needs the interpreter: recursion, $dynamicRef with several targets, unevaluated* beside keywords that evaluate in place, the format regex, too large schemas. It never fails for any value.';

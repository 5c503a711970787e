create or replace function dot.fn_schema_eval(
  p_link jsonb, p_schema jsonb, p_base text, p_scope text[], p_chain text[], p_instance jsonb, p_at text, p_path text, p_quick boolean,
  inout p_budget int, out o_errors jsonb, out o_names text[], out o_prefix bigint, out o_items bigint[])
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_type   text := jsonb_typeof(p_instance);
  v_base   text := p_base;
  v_scope  text[] := p_scope;
  v_off    jsonb;
  v_k      text;
  v_v      jsonb;
  v_n      numeric;
  v_child  record;
  v_sub    record;
  v_target jsonb;
  v_found  bigint[];
  v_count  int;
  v_keep   boolean;
  v_names  text[];
  v_key    text;
begin
  o_errors := '[]';
  o_names := '{}';
  o_prefix := 0;
  o_items := '{}';
  p_budget := p_budget - 1;
  if p_budget < 0 then
    raise exception using errcode = 'DT400', message = 'the schema asks for too much work on this value', detail = jsonb_build_object('at', p_at, 'schema', p_path)::text,
      hint = 'References that multiply, as two allOf of the same definition at every level do, are the usual cause.';
  end if;
  if p_schema = 'false' then
    o_errors := jsonb_build_array(jsonb_build_object('at', p_at, 'keyword', null, 'schema', p_path, 'message', 'nothing is allowed here'));
    return;
  elsif jsonb_typeof(p_schema) = 'boolean' then
    return;
  end if;
  if jsonb_typeof(p_schema -> '$id') = 'string' then
    v_base := regexp_replace(dot.fn_schema_uri(p_base, p_schema ->> '$id'), '#$', '');
  end if;
  if not v_base = any (v_scope) then
    v_scope := v_scope || v_base;
  end if;
  v_off := p_link #> array['off', v_base];

  for v_k, v_v in select key, value from jsonb_each(p_schema) where key not in ('unevaluatedItems', 'unevaluatedProperties', '$defs', 'title', 'description') loop
    exit when p_quick and o_errors <> '[]';
    continue when v_off is not null and v_off ? v_k;
    case v_k
    when 'type' then
      if not (v_v ? v_type or v_v = to_jsonb(v_type)
              or (v_type = 'number' and (v_v = '"integer"' or (jsonb_typeof(v_v) = 'array' and v_v ? 'integer')) and (p_instance)::numeric % 1 = 0)) then
        o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, format('is %s, must be %s', v_type, v_v));
      end if;
    when 'const' then
      if p_instance <> v_v then
        o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, format('must be %s', left(v_v::text, 200)));
      end if;
    when 'enum' then
      if not exists (select 1 from jsonb_array_elements(v_v) e where e = p_instance) then
        o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, format('must be one of %s', left(v_v::text, 200)));
      end if;
    when '$ref', '$dynamicRef' then
      v_target := p_link #> array['refs', v_base || ' ' || (v_v #>> '{}')];
      if v_k = '$dynamicRef' and v_target ->> 'anchor' is not null then
        select p_link #> array['dynamic', s.base, v_target ->> 'anchor'] into v_target
          from unnest(v_scope || (v_target ->> 'base')) with ordinality s(base, n)
         where p_link #> array['dynamic', s.base, v_target ->> 'anchor'] is not null order by n limit 1;
      end if;
      if v_target is null then
        raise exception using errcode = 'DT500', message = format('the reference %s of %s was not linked', v_v, v_base), hint = 'Report this: every reference is resolved before.';
      end if;
      v_key := (v_target ->> 'at') || ' ' || cardinality(v_scope);
      if v_key = any (p_chain) then
        raise exception using errcode = 'DT400', message = 'the schema refers to itself without end', detail = jsonb_build_object('at', p_at, 'schema', p_path || '/' || v_k)::text,
          hint = 'A reference must lead into a part of the value before it comes back to the same schema.';
      end if;
      select * into v_sub from dot.fn_schema_eval(p_link, v_target -> 'schema', v_target ->> 'base',
        case when (v_target ->> 'base') = any (v_scope) then v_scope else v_scope || (v_target ->> 'base') end,
        p_chain || v_key, p_instance, p_at, p_path || '/' || v_k, p_quick, p_budget);
      p_budget := v_sub.p_budget;
      if v_sub.o_errors = '[]' then
        o_names := o_names || v_sub.o_names; o_prefix := greatest(o_prefix, v_sub.o_prefix); o_items := o_items || v_sub.o_items;
      end if;
      o_errors := o_errors || v_sub.o_errors;
    when 'allOf' then
      for v_child in select n - 1 as n, e from jsonb_array_elements(v_v) with ordinality x(e, n) loop
        select * into v_sub from dot.fn_schema_eval(p_link, v_child.e, v_base, v_scope, p_chain, p_instance, p_at, p_path || '/allOf/' || v_child.n, p_quick, p_budget);
        p_budget := v_sub.p_budget;
        if v_sub.o_errors = '[]' then
          o_names := o_names || v_sub.o_names; o_prefix := greatest(o_prefix, v_sub.o_prefix); o_items := o_items || v_sub.o_items;
        end if;
        o_errors := o_errors || v_sub.o_errors;
        exit when p_quick and o_errors <> '[]';
      end loop;
    when 'anyOf', 'oneOf' then
      v_count := 0;
      v_target := '[]';
      for v_child in select n - 1 as n, e from jsonb_array_elements(v_v) with ordinality x(e, n) loop
        select * into v_sub from dot.fn_schema_eval(p_link, v_child.e, v_base, v_scope, p_chain, p_instance, p_at, format('%s/%s/%s', p_path, v_k, v_child.n), p_quick, p_budget);
        p_budget := v_sub.p_budget;
        if v_sub.o_errors = '[]' then
          v_count := v_count + 1;
          o_names := o_names || v_sub.o_names; o_prefix := greatest(o_prefix, v_sub.o_prefix); o_items := o_items || v_sub.o_items;
        else
          v_target := v_target || v_sub.o_errors;
        end if;
        exit when v_k = 'oneOf' and v_count > 1;
      end loop;
      if v_count = 0 then
        -- With one branch, what is wrong with it says more.
        o_errors := o_errors || case when jsonb_array_length(v_v) = 1 then v_target
          else dot.fn_schema_error(p_at, v_k, p_path, format('matches none of the %s alternatives', jsonb_array_length(v_v))) end;
      elsif v_k = 'oneOf' and v_count > 1 then
        o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, 'matches more than one alternative');
      end if;
    when 'not' then
      select * into v_sub from dot.fn_schema_eval(p_link, v_v, v_base, v_scope, p_chain, p_instance, p_at, p_path || '/not', true, p_budget);
      p_budget := v_sub.p_budget;
      if v_sub.o_errors = '[]' then
        o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, 'is what it must not be');
      end if;
    when 'if' then
      select * into v_sub from dot.fn_schema_eval(p_link, v_v, v_base, v_scope, p_chain, p_instance, p_at, p_path || '/if', true, p_budget);
      p_budget := v_sub.p_budget;
      v_key := case when v_sub.o_errors = '[]' then 'then' else 'else' end;
      if v_sub.o_errors = '[]' then
        o_names := o_names || v_sub.o_names; o_prefix := greatest(o_prefix, v_sub.o_prefix); o_items := o_items || v_sub.o_items;
      end if;
      if p_schema ? v_key then
        select * into v_sub from dot.fn_schema_eval(p_link, p_schema -> v_key, v_base, v_scope, p_chain, p_instance, p_at, p_path || '/' || v_key, p_quick, p_budget);
        p_budget := v_sub.p_budget;
        if v_sub.o_errors = '[]' then
          o_names := o_names || v_sub.o_names; o_prefix := greatest(o_prefix, v_sub.o_prefix); o_items := o_items || v_sub.o_items;
        end if;
        o_errors := o_errors || v_sub.o_errors;
      end if;
    else
      continue when not case
        when v_k in ('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf') then v_type = 'number'
        when v_k in ('minLength', 'maxLength', 'pattern', 'format') then v_type = 'string'
        when v_k in ('items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems') then v_type = 'array'
        when v_k in ('properties', 'patternProperties', 'additionalProperties', 'propertyNames', 'required', 'minProperties', 'maxProperties',
                     'dependentRequired', 'dependentSchemas') then v_type = 'object'
        else false end;
      case v_k
      when 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum' then
        if not (case v_k when 'minimum' then p_instance >= v_v when 'maximum' then p_instance <= v_v when 'exclusiveMinimum' then p_instance > v_v else p_instance < v_v end) then
          o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, format('must be %s %s',
            case v_k when 'minimum' then 'at least' when 'maximum' then 'at most' when 'exclusiveMinimum' then 'more than' else 'less than' end, v_v));
        end if;
      when 'multipleOf' then
        v_n := (v_v)::numeric;
        if v_n > 0 and (p_instance)::numeric % v_n <> 0 then
          o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, format('must be a multiple of %s', v_v));
        end if;
      when 'minLength', 'maxLength' then
        if (case v_k when 'minLength' then char_length(p_instance #>> '{}') < (v_v)::numeric else char_length(p_instance #>> '{}') > (v_v)::numeric end) then
          o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, format('must have %s %s characters', case v_k when 'minLength' then 'at least' else 'at most' end, v_v));
        end if;
      when 'pattern' then
        if not dot.fn_schema_matches(p_instance #>> '{}', v_v #>> '{}') then
          o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, format('does not match %s', v_v));
        end if;
      when 'format' then
        if not dot.fn_schema_format_holds(v_v #>> '{}', p_instance #>> '{}') then
          o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, format('is not of the format %s', v_v #>> '{}'));
        end if;
      when 'minItems', 'maxItems' then
        if (case v_k when 'minItems' then jsonb_array_length(p_instance) < (v_v)::numeric else jsonb_array_length(p_instance) > (v_v)::numeric end) then
          o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, format('must have %s %s items', case v_k when 'minItems' then 'at least' else 'at most' end, v_v));
        end if;
      when 'uniqueItems' then
        if v_v = 'true' and (select count(distinct e) < count(*) from jsonb_array_elements(p_instance) e) then
          o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, 'has the same item twice');
        end if;
      when 'minProperties', 'maxProperties' then
        select count(*) into v_count from jsonb_object_keys(p_instance);
        if (case v_k when 'minProperties' then v_count < (v_v)::numeric else v_count > (v_v)::numeric end) then
          o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, format('must have %s %s properties', case v_k when 'minProperties' then 'at least' else 'at most' end, v_v));
        end if;
      when 'required' then
        select o_errors || coalesce(jsonb_agg(dot.fn_schema_error(p_at, v_k, p_path, format('lacks the property %s', r)) -> 0), '[]') into o_errors
          from jsonb_array_elements_text(v_v) r where not p_instance ? r;
      when 'dependentRequired' then
        select o_errors || coalesce(jsonb_agg(dot.fn_schema_error(p_at, v_k, p_path, format('has the property %s and so needs %s', d.key, r)) -> 0), '[]') into o_errors
          from jsonb_each(v_v) d cross join lateral jsonb_array_elements_text(d.value) r where p_instance ? d.key and not p_instance ? r;
      when 'dependentSchemas' then
        for v_child in select key, value from jsonb_each(v_v) where p_instance ? key loop
          select * into v_sub from dot.fn_schema_eval(p_link, v_child.value, v_base, v_scope, p_chain, p_instance, p_at,
            p_path || '/dependentSchemas/' || dot.fn_schema_token(v_child.key), p_quick, p_budget);
          p_budget := v_sub.p_budget;
          if v_sub.o_errors = '[]' then
            o_names := o_names || v_sub.o_names; o_prefix := greatest(o_prefix, v_sub.o_prefix); o_items := o_items || v_sub.o_items;
          end if;
          o_errors := o_errors || v_sub.o_errors;
        end loop;
      when 'propertyNames' then
        for v_child in select key from jsonb_object_keys(p_instance) key loop
          select * into v_sub from dot.fn_schema_eval(p_link, v_v, v_base, v_scope, '{}', to_jsonb(v_child.key), p_at || '/' || dot.fn_schema_token(v_child.key),
            p_path || '/propertyNames', true, p_budget);
          p_budget := v_sub.p_budget;
          if v_sub.o_errors <> '[]' then
            o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, format('has a property of the name %s: %s', to_jsonb(v_child.key), v_sub.o_errors #>> '{0,message}'));
            exit when p_quick;
          end if;
        end loop;
      when 'properties', 'patternProperties', 'additionalProperties' then
        v_names := '{}';
        for v_child in
          select i.key, i.value, s.name, s.schema
            from jsonb_each(p_instance) i
           cross join lateral (
             select i.key as name, v_v -> i.key as schema where v_k = 'properties' and v_v ? i.key
             union all
             select q.key, q.value from jsonb_each(case v_k when 'patternProperties' then v_v else '{}' end) q where dot.fn_schema_matches(i.key, q.key)
             union all
             select null, v_v where v_k = 'additionalProperties' and not coalesce(p_schema -> 'properties' ? i.key, false) and not exists (
               select 1 from jsonb_object_keys(case jsonb_typeof(p_schema -> 'patternProperties') when 'object' then p_schema -> 'patternProperties' else '{}' end) q
                where dot.fn_schema_matches(i.key, q))) s
        loop
          v_names := v_names || v_child.key;
          if v_child.schema = 'false' then
            o_errors := o_errors || dot.fn_schema_error(p_at || '/' || dot.fn_schema_token(v_child.key), v_k, p_path, 'is a property that is not allowed');
          elsif v_child.schema <> 'true' then
            select * into v_sub from dot.fn_schema_eval(p_link, v_child.schema, v_base, v_scope, '{}', v_child.value, p_at || '/' || dot.fn_schema_token(v_child.key),
              p_path || '/' || v_k || coalesce('/' || dot.fn_schema_token(v_child.name), ''), p_quick, p_budget);
            p_budget := v_sub.p_budget;
            o_errors := o_errors || v_sub.o_errors;
          end if;
          exit when o_errors <> '[]' and (p_quick or jsonb_array_length(o_errors) >= 100);
        end loop;
        o_names := o_names || v_names;
      when 'prefixItems', 'items' then
        v_count := case when v_k = 'items' then coalesce(jsonb_array_length(case jsonb_typeof(p_schema -> 'prefixItems') when 'array' then p_schema -> 'prefixItems' end), 0) else 0 end;
        if not (v_k = 'items' and v_v = 'true') then
          for v_child in
            select x.n - 1 as n, x.e, case v_k when 'items' then v_v else v_v -> (x.n - 1)::int end as schema
              from jsonb_array_elements(p_instance) with ordinality x(e, n)
             where x.n > v_count and (v_k = 'items' or x.n <= jsonb_array_length(v_v))
          loop
            select * into v_sub from dot.fn_schema_eval(p_link, v_child.schema, v_base, v_scope, '{}', v_child.e, p_at || '/' || v_child.n,
              p_path || '/' || v_k || case v_k when 'prefixItems' then '/' || v_child.n else '' end, p_quick, p_budget);
            p_budget := v_sub.p_budget;
            o_errors := o_errors || v_sub.o_errors;
            exit when o_errors <> '[]' and (p_quick or jsonb_array_length(o_errors) >= 100);
          end loop;
        end if;
        o_prefix := greatest(o_prefix, case v_k when 'items' then jsonb_array_length(p_instance) else jsonb_array_length(v_v) end);
      when 'contains' then
        v_found := '{}';
        for v_child in select n - 1 as n, e from jsonb_array_elements(p_instance) with ordinality x(e, n) loop
          select * into v_sub from dot.fn_schema_eval(p_link, v_v, v_base, v_scope, '{}', v_child.e, p_at || '/' || v_child.n, p_path || '/contains', true, p_budget);
          p_budget := v_sub.p_budget;
          if v_sub.o_errors = '[]' then
            v_found := v_found || v_child.n;
          end if;
        end loop;
        v_keep := v_off is null or not v_off ? 'minContains';
        if cardinality(v_found) < (case when v_keep and p_schema ? 'minContains' then (p_schema -> 'minContains')::numeric else 1 end) then
          o_errors := o_errors || dot.fn_schema_error(p_at, v_k, p_path, format('has %s items of the wanted kind, too few', cardinality(v_found)));
        elsif v_keep and p_schema ? 'maxContains' and cardinality(v_found) > (p_schema -> 'maxContains')::numeric then
          o_errors := o_errors || dot.fn_schema_error(p_at, 'maxContains', p_path, format('has %s items of the wanted kind, too many', cardinality(v_found)));
        end if;
        o_items := o_items || v_found;
      end case;
    end case;
  end loop;

  -- What no keyword beside or below has looked at. An invalid part says nothing about it.
  if v_type = 'array' and p_schema ? 'unevaluatedItems' and o_errors = '[]' and not coalesce(v_off ? 'unevaluatedItems', false) then
    for v_child in
      select n - 1 as n, e from jsonb_array_elements(p_instance) with ordinality x(e, n) where n > o_prefix and not (n - 1) = any (o_items)
    loop
      select * into v_sub from dot.fn_schema_eval(p_link, p_schema -> 'unevaluatedItems', v_base, v_scope, '{}', v_child.e, p_at || '/' || v_child.n,
        p_path || '/unevaluatedItems', p_quick, p_budget);
      p_budget := v_sub.p_budget;
      o_errors := o_errors || v_sub.o_errors;
    end loop;
    o_prefix := jsonb_array_length(p_instance);
  elsif v_type = 'object' and p_schema ? 'unevaluatedProperties' and o_errors = '[]' and not coalesce(v_off ? 'unevaluatedProperties', false) then
    for v_child in select key, value from jsonb_each(p_instance) where not key = any (o_names) loop
      select * into v_sub from dot.fn_schema_eval(p_link, p_schema -> 'unevaluatedProperties', v_base, v_scope, '{}', v_child.value,
        p_at || '/' || dot.fn_schema_token(v_child.key), p_path || '/unevaluatedProperties', p_quick, p_budget);
      p_budget := v_sub.p_budget;
      o_errors := o_errors || v_sub.o_errors;
    end loop;
    o_names := array(select jsonb_object_keys(p_instance));
  end if;
end
$$;
comment on function dot.fn_schema_eval(jsonb, jsonb, text, text[], text[], jsonb, text, text, boolean, int) is
  'Evaluates one subschema of a linked schema (fn_schema_link) on one value, with all below it. p_base: the schema resource it is in; p_scope: the resources entered, outermost first ($dynamicRef); p_chain: the references followed on this very value, of which none comes twice; p_at, p_path: JSON Pointers to the value and the subschema; p_quick: stop at the first error; p_budget: steps left. Gives the errors (see fn_schema_error) and what was evaluated: property names, the length of the evaluated prefix of an array, and further indexes. DT400 for a schema without end or with too much work.';

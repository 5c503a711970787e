create or replace function dot.fn_schema_referrer(p_nodes jsonb[], p_base text, p_ref text, out at text, out keyword text)
language sql immutable set search_path = dot, pg_temp
as $$
  select coalesce(max(x.at), ''), coalesce(max(x.keyword), '$ref')
    from (select (n ->> 'a') || '/' || k as at, k as keyword
            from unnest(p_nodes) with ordinality y(n, i) cross join unnest(array['$ref', '$dynamicRef']) k
           where n ->> 'b' = p_base and n #>> array['s', k] = p_ref order by i limit 1) x
$$;
comment on function dot.fn_schema_referrer(jsonb[], text, text) is
  'The place (document#pointer) and the keyword of the first of the nodes of fn_schema_link, in the resource p_base, that has the reference p_ref.';

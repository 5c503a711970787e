create or replace function dot.fn_iu_template_validate(p_entry jsonb) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select case
    when jsonb_typeof(p_entry -> 'selectors') is distinct from 'array' or p_entry -> 'selectors' = '[]' then 'it selects nothing'
    else (
      select format('selector %s: %s', s.no, x.problem)
        from jsonb_array_elements(p_entry -> 'selectors') with ordinality s(rule, no)
       cross join lateral (select case
          when jsonb_typeof(s.rule) <> 'object' or s.rule = '{}' then 'say document, path or tag'
          when s.rule - array['document', 'path', 'subtree', 'tag'] <> '{}' then format('there is no %s', (select k from jsonb_object_keys(s.rule - array['document', 'path', 'subtree', 'tag']) k limit 1))
          when jsonb_typeof(s.rule -> 'document') <> 'string' or jsonb_typeof(s.rule -> 'path') <> 'string' or jsonb_typeof(s.rule -> 'tag') <> 'string' then 'document, path and tag are texts'
          when jsonb_typeof(s.rule -> 'subtree') <> 'boolean' then 'subtree is true or false' end as problem) x
       where x.problem is not null order by s.no limit 1) end
$$;
comment on function dot.fn_iu_template_validate(jsonb) is
  'What is wrong with a template of collections, in words; null when nothing is. selectors is an array of {document, path, subtree, tag}, each with one member at least.';

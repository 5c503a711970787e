create or replace function dot.fn_phase_markdown(p_rows jsonb, p_columns text[]) returns text
language sql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select case when jsonb_typeof(p_rows) is distinct from 'array' or p_rows = '[]' then '(none)' else
    '| ' || array_to_string(p_columns, ' | ') || e' |\n|' || repeat(' --- |', cardinality(p_columns)) || e'\n' || (
      select string_agg('| ' || (
               select string_agg(replace(replace(coalesce(r.item ->> c.name, ''), '|', '\|'), e'\n', ' '), ' | ' order by c.no)
                 from unnest(p_columns) with ordinality as c(name, no)) || ' |', e'\n' order by r.no)
        from jsonb_array_elements(p_rows) with ordinality as r(item, no)) end
$$;
comment on function dot.fn_phase_markdown(jsonb, text[]) is 'An array of objects as a Markdown table with these columns.';

create or replace function dot.fn_json_leaves(p_value jsonb)
returns table (path text, leaf jsonb)
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  with recursive walk as (
    select ''::text as path, p_value as value
    union all
    select case when w.path = '' then c.key else w.path || '.' || c.key end, c.value
      from walk w
      cross join lateral (
        select e.key, e.value from jsonb_each(case jsonb_typeof(w.value) when 'object' then w.value else '{}' end) e
        union all
        select (e.no - 1)::text, e.item from jsonb_array_elements(case jsonb_typeof(w.value) when 'array' then w.value else '[]' end) with ordinality as e(item, no)) c
  )
  select w.path, w.value from walk w
   where w.value is not null and (jsonb_typeof(w.value) not in ('object', 'array') or w.value in ('{}', '[]'))
$$;
comment on function dot.fn_json_leaves(jsonb) is 'Every value within a JSON value that has no members, with its path such as units.0.version.';

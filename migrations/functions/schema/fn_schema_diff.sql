create or replace function dot.fn_schema_diff(p_old text, p_new text)
returns table (pointer text, change text, old jsonb, new jsonb)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with recursive walk(pointer, old, new) as (
    select '', dot.fn_schema_parse(p_old, 'the old schema'), dot.fn_schema_parse(p_new, 'the new schema')
    union all
    select w.pointer || '/' || dot.fn_schema_token(k), w.old -> k, w.new -> k
      from walk w
     cross join lateral (select jsonb_object_keys(w.old) union select jsonb_object_keys(w.new)) x(k)
     where jsonb_typeof(w.old) = 'object' and jsonb_typeof(w.new) = 'object' and w.old <> w.new
  )
  select w.pointer, case when w.old is null then 'added' when w.new is null then 'removed' else 'changed' end, w.old, w.new
    from walk w
   where w.old is distinct from w.new and not (coalesce(jsonb_typeof(w.old) = 'object', false) and coalesce(jsonb_typeof(w.new) = 'object', false))
   order by w.pointer collate "C"
$$;
comment on function dot.fn_schema_diff(text, text) is
  'What differs between two schemas, member by member: the JSON Pointer, added, removed or changed, and both values. DT400 for no JSON.';

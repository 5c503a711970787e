create or replace function dot.fn_row_unrecorded(p_old jsonb, p_new jsonb, p_last jsonb, p_edited jsonb) returns jsonb
language sql immutable set search_path = dot, pg_temp
as $$
  select nullif(jsonb_object_agg(o.key, o.value), '{}') from jsonb_each(p_old) o
   where p_new ? o.key and p_new -> o.key = o.value
     and (p_last is null or p_edited ? o.key or p_last ? o.key and p_last -> o.key <> o.value)
$$;
comment on function dot.fn_row_unrecorded(jsonb, jsonb, jsonb, jsonb) is
  'What a row had before a change (p_old) that no recorded change made (p_last and p_edited: image and edited of the last one), and has after it (p_new), as {column: value}; null where there is nothing: it would pass for what this change made.';

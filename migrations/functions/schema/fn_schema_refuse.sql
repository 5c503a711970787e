create or replace function dot.fn_schema_refuse(p_at text, p_keyword text, p_message text, p_hint text, p_more jsonb default '{}') returns void
language plpgsql immutable set search_path = dot, pg_temp
as $$
begin
  raise exception using errcode = 'DT400', message = p_message, hint = coalesce(p_hint, ''),
    detail = (p_more || jsonb_build_object('at', regexp_replace(p_at, '^schema:#', ''), 'keyword', p_keyword, 'cause', p_message))::text;
end
$$;
comment on function dot.fn_schema_refuse(text, text, text, text, jsonb) is
  'Raises DT400 for a schema that cannot be used, with the detail {at: JSON Pointer to what is wrong in it, keyword, cause} and p_more.';

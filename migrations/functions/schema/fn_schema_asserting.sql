create or replace function dot.fn_schema_asserting(p_schema jsonb, p_formats text) returns jsonb
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  c_dialect constant text := 'https://json-schema.org/draft/2020-12/schema';
begin
  if p_formats = 'annotate' then
    return p_schema;
  elsif p_formats is distinct from 'assert' then
    raise exception using errcode = 'DT400', message = format('formats are taken as annotate or assert, not %s', coalesce(p_formats, 'null'));
  elsif jsonb_typeof(p_schema) <> 'object' or not p_schema::text ~ '"(format|[$]ref|[$]dynamicRef)"' then
    -- It has none, and means the same either way.
    return p_schema;
  elsif coalesce(p_schema ->> '$schema', c_dialect) not in (c_dialect, dot.fn_schema_dialect_asserting()) then
    raise exception using errcode = 'DT400', message = format('the dialect %s says itself whether formats are asserted', p_schema ->> '$schema'),
      hint = 'Its metaschema asserts them by the vocabulary https://json-schema.org/draft/2020-12/vocab/format-assertion.';
  end if;
  return p_schema || jsonb_build_object('$schema', dot.fn_schema_dialect_asserting());
end
$$;
comment on function dot.fn_schema_asserting(jsonb, text) is
  'A schema as one whose formats are taken as p_formats says: annotate, as it is; assert, of the dialect in which they are asserted (fn_schema_dialect_asserting), where it has any. The schema is of Draft 2020-12 (fn_schema_modern). DT400 for another mode, and for a dialect of one''s own, which says it itself.';

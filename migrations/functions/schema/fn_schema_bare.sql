create or replace function dot.fn_schema_bare(p_schema jsonb, p_formats boolean default false) returns jsonb
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  c_dialect constant text := 'https://json-schema.org/draft/2020-12/schema';
  -- Another dialect than the standard's may assert formats.
  v_formats constant boolean := p_formats or coalesce(p_schema ->> '$schema', c_dialect) <> c_dialect;
  v_out jsonb := p_schema;
  v_c   record;
begin
  if jsonb_typeof(p_schema) <> 'object' then
    return p_schema;
  end if;
  v_out := v_out - array['title', 'description', '$comment', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly', 'contentMediaType', 'contentEncoding', 'contentSchema'];
  if not v_formats then
    v_out := v_out - 'format';
  end if;
  if v_out ->> '$schema' = c_dialect then
    v_out := v_out - '$schema';
  end if;
  for v_c in select c.path, c.child from dot.fn_schema_children(v_out) c loop
    v_out := jsonb_set(v_out, v_c.path, dot.fn_schema_bare(v_c.child, v_formats), false);
  end loop;
  return v_out;
end
$$;
comment on function dot.fn_schema_bare(jsonb, boolean) is 'A schema without annotations, which decide nothing: title, description, default, examples, format, content and the like. Properties of such names stay. Formats stay where they may be asserted: with p_formats, and in a dialect of another name ($schema) than that of Draft 2020-12.';

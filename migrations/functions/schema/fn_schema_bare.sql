create or replace function dot.fn_schema_bare(p_schema jsonb) returns jsonb
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_out jsonb := p_schema;
  v_c   record;
begin
  if jsonb_typeof(p_schema) <> 'object' then
    return p_schema;
  end if;
  v_out := v_out - array['title', 'description', '$comment', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly', 'format', 'contentMediaType', 'contentEncoding', 'contentSchema'];
  if v_out ->> '$schema' = 'https://json-schema.org/draft/2020-12/schema' then
    v_out := v_out - '$schema';
  end if;
  for v_c in select c.path, c.child from dot.fn_schema_children(v_out) c loop
    v_out := jsonb_set(v_out, v_c.path, dot.fn_schema_bare(v_c.child), false);
  end loop;
  return v_out;
end
$$;
comment on function dot.fn_schema_bare(jsonb) is 'A schema without annotations, which decide nothing: title, description, default, examples, format, content and the like. Properties of such names stay.';

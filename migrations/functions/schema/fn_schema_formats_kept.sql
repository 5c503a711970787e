create or replace function dot.fn_schema_formats_kept(p_schema jsonb, p_asserted boolean) returns jsonb
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_out jsonb := p_schema;
  v_c   record;
begin
  if jsonb_typeof(p_schema) <> 'object' then
    return p_schema;
  end if;
  if p_schema ? 'format' and not (p_asserted and jsonb_typeof(p_schema -> 'format') = 'string' and p_schema ->> 'format' = any (dot.fn_schema_formats_known())) then
    v_out := v_out - 'format';
  end if;
  for v_c in select c.path, c.child from dot.fn_schema_children(v_out) c where jsonb_typeof(c.child) = 'object' loop
    v_out := jsonb_set(v_out, v_c.path, dot.fn_schema_formats_kept(v_c.child, p_asserted), false);
  end loop;
  return v_out;
end
$$;
comment on function dot.fn_schema_formats_kept(jsonb, boolean) is
  'A schema without the formats that decide nothing: all where they are annotations, else those not known (fn_schema_formats_known). What is left of them is a rule like any other.';

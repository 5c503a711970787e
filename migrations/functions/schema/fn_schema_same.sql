create or replace function dot.fn_schema_same(p_old jsonb, p_new jsonb, p_documents jsonb default null) returns boolean
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_old jsonb;
  v_new jsonb;
begin
  if p_old = p_new then
    return true;
  elsif dot.fn_schema_bare(p_old) <> dot.fn_schema_bare(p_new) then
    return false;
  end if;
  -- An annotation that a reference leads into is a schema, so that what the references lead to counts as well.
  v_old := dot.fn_schema_link(p_old, p_documents);
  v_new := dot.fn_schema_link(p_new, p_documents);
  return v_old -> 'off' = v_new -> 'off' and v_old -> 'base' = v_new -> 'base'
    and (select coalesce(jsonb_object_agg(r.key, r.value || jsonb_build_object('schema', dot.fn_schema_bare(r.value -> 'schema'))), '{}') from jsonb_each(v_old -> 'refs') r)
      = (select coalesce(jsonb_object_agg(r.key, r.value || jsonb_build_object('schema', dot.fn_schema_bare(r.value -> 'schema'))), '{}') from jsonb_each(v_new -> 'refs') r)
    and (select coalesce(jsonb_object_agg(b.key || ' ' || a.key, a.value || jsonb_build_object('schema', dot.fn_schema_bare(a.value -> 'schema'))), '{}') from jsonb_each(v_old -> 'dynamic') b cross join lateral jsonb_each(b.value) a)
      = (select coalesce(jsonb_object_agg(b.key || ' ' || a.key, a.value || jsonb_build_object('schema', dot.fn_schema_bare(a.value -> 'schema'))), '{}') from jsonb_each(v_new -> 'dynamic') b cross join lateral jsonb_each(b.value) a);
end
$$;
comment on function dot.fn_schema_same(jsonb, jsonb, jsonb) is
  'Whether two schemas differ in annotations alone (fn_schema_bare), those not counted that a reference leads into. DT400 for schemas that cannot be used.';

create or replace function dot.fn_schema_same(p_old jsonb, p_new jsonb, p_documents jsonb default null) returns boolean
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_bare jsonb;
  v_old  jsonb;
  v_new  jsonb;
begin
  if p_old = p_new then
    return true;
  end if;
  v_bare := dot.fn_schema_bare(p_old);
  if v_bare <> dot.fn_schema_bare(p_new) then
    return false;
  end if;
  v_old := dot.fn_schema_link(p_old, p_documents);
  v_new := dot.fn_schema_link(p_new, p_documents);
  return v_old -> 'off' = v_new -> 'off' and v_old -> 'base' = v_new -> 'base'
    and array(select jsonb_object_keys(v_old -> 'refs')) = array(select jsonb_object_keys(v_new -> 'refs'))
    -- An annotation that a reference leads into is a schema: what was struck counts as well.
    and not exists (
      select 1 from jsonb_each(v_old -> 'refs') r cross join lateral (select v_new -> 'refs' -> r.key as other) o
       where r.value - 'schema' <> o.other - 'schema'
          or (r.value ->> 'at' like 'schema:#%' and v_bare #> dot.fn_schema_pointer(substr(r.value ->> 'at', 9)) is null and dot.fn_schema_bare(r.value -> 'schema', true) <> dot.fn_schema_bare(o.other -> 'schema', true)))
    and (select coalesce(jsonb_object_agg(b.key || ' ' || a.key, a.value || jsonb_build_object('schema', dot.fn_schema_bare(a.value -> 'schema', true))), '{}') from jsonb_each(v_old -> 'dynamic') b cross join lateral jsonb_each(b.value) a)
      = (select coalesce(jsonb_object_agg(b.key || ' ' || a.key, a.value || jsonb_build_object('schema', dot.fn_schema_bare(a.value -> 'schema', true))), '{}') from jsonb_each(v_new -> 'dynamic') b cross join lateral jsonb_each(b.value) a);
end
$$;
comment on function dot.fn_schema_same(jsonb, jsonb, jsonb) is
  'Whether two schemas differ in annotations alone (fn_schema_bare), those not counted that a reference leads into. DT400 for schemas that cannot be used.';

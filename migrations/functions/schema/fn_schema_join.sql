create or replace function dot.fn_schema_join(p_link jsonb, p_other jsonb, p_mark text) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_other   text := p_other::text;
  v_changed text[];
  v_count   int := -1;
  v_ref     text;
  v_joined  jsonb;
begin
  -- Where a schema's meaning does not depend on its references' texts alone, or what looks like one may be a value, they stay apart.
  if p_link -> 'dynamic' <> '{}' or p_other -> 'dynamic' <> '{}' or p_link -> 'base' <> p_other -> 'base'
    or jsonb_path_exists(p_other, 'strict $.**.enum[*].**."$ref"') or jsonb_path_exists(p_other, 'strict $.**.const.**."$ref"')
  then
    return null;
  end if;
  -- The references that lead elsewhere, and those that lead to what has one of them.
  with ref as (
    select r.key, split_part(r.key, ' ', 2) as ref, r.value -> 'schema' as schema, p_link -> 'refs' -> r.key as mine, r.value as other from jsonb_each(p_other -> 'refs') r)
  select coalesce(array_agg(distinct substr(r.key, position(' ' in r.key) + 1)), '{}') into strict v_changed
    from ref r where r.mine is not null and (r.mine - 'at' - 'anchor') is distinct from (r.other - 'at' - 'anchor');
  while cardinality(v_changed) > v_count loop
    v_count := cardinality(v_changed);
    select coalesce(array_agg(distinct x.ref), '{}') into strict v_changed from (
      select unnest(v_changed) as ref
      union
      select substr(r.key, position(' ' in r.key) + 1) from jsonb_each(p_other -> 'refs') r
       where exists (select 1 from jsonb_path_query(r.value -> 'schema', 'strict $.**."$ref" ? (@.type() == "string")') t where t #>> '{}' = any (v_changed))) x;
  end loop;
  foreach v_ref in array v_changed loop
    v_other := replace(v_other, '"$ref": ' || to_jsonb(v_ref)::text, '"$ref": ' || to_jsonb(p_mark || v_ref)::text);
  end loop;
  v_joined := v_other::jsonb;
  return jsonb_build_object('schema', v_joined -> 'schema', 'link', p_link || jsonb_build_object('refs', coalesce((
      select jsonb_object_agg(case when substr(r.key, position(' ' in r.key) + 1) = any (v_changed) then split_part(r.key, ' ', 1) || ' ' || p_mark || substr(r.key, position(' ' in r.key) + 1) else r.key end, r.value)
        from jsonb_each(v_joined -> 'refs') r), '{}') || (p_link -> 'refs')));
end
$$;
comment on function dot.fn_schema_join(jsonb, jsonb, text) is
  'Two links (fn_schema_link) as one {link, schema: that of p_other}: references of p_other that do not mean the same as in p_link are marked with p_mark, so that whatever is written the same in both means the same. Null where that cannot be seen.';

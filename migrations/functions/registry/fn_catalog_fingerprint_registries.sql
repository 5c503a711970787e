create or replace function dot.fn_catalog_fingerprint_registries() returns text
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
  set timezone = 'UTC' set datestyle = 'ISO, YMD' set intervalstyle = 'postgres'
as $$
declare
  v_registry dot.registry_catalog;
  v_entries  text;
  v_parts    text;
begin
  -- What commands and proposals may change between two syncs has its history, and is held to that.
  for v_registry in
    select * from dot.registry_catalog r
     where r.phase = 'live' and r.kind = 'registry' and r.folder is not null and r.birth = '{catalog}'
       and to_regclass('dot.' || quote_ident(r.table_name)) is not null
     order by r.registry_code collate "C"
  loop
    execute format($q$
      select string_agg(e.key || ' ' || e.owned, E'\n' order by e.key collate "C")
        from (select dot.fn_registry_key($1, to_jsonb(t.*)) as key, (select jsonb_object_agg(c, to_jsonb(t.*) -> c) from unnest($2) c)::text as owned from dot.%I t) e
      $q$, v_registry.table_name)
      into v_entries using coalesce(nullif(v_registry.identity, '{}'), array[v_registry.key_column]), v_registry.owned;
    v_parts := concat_ws(E'\n', v_parts, v_registry.registry_code, v_entries);
  end loop;
  return coalesce(v_parts, '');
end
$$;
comment on function dot.fn_catalog_fingerprint_registries() is
  'The columns that files own, of every entry of the registries whose entries come from files alone, as text, for fn_catalog_fingerprint.';

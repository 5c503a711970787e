create or replace function dot.fn_registry_check(p_registry text default null) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_registry dot.registry_catalog;
  v_found    jsonb;
  v_all      jsonb := '[]'::jsonb;
begin
  for v_registry in
    select * from dot.registry_catalog r
     where r.phase = 'live' and r.kind = 'registry' and r.key_column is not null and (p_registry is null or r.registry_code = p_registry)
       and dot.fn_registry_shape(to_regclass('dot.' || quote_ident(r.table_name)), r.key_column, r.columns) = '[]'
  loop
    execute format($q$
      select coalesce(jsonb_agg(jsonb_build_object('registry', %1$L, 'key', p.key, 'problem', p.problem) order by p.key), '[]')
        from (
          select t.%2$I::text as key, 'it has no birth' as problem from dot.%3$I t
           where not exists (select 1 from dot.registry_birth b where b.registry_code = %1$L and b.entry_key = t.%2$I::text)
          union all
          select b.entry_key, 'it was born and is gone' from dot.registry_birth b
           where b.registry_code = %1$L and not exists (select 1 from dot.%3$I t where t.%2$I::text = b.entry_key)) p
      $q$, v_registry.registry_code, v_registry.key_column, v_registry.table_name) into v_found;
    v_all := v_all || v_found;
  end loop;
  return jsonb_build_object('ok', v_all = '[]', 'registry', p_registry, 'problems', v_all);
end
$$;
comment on function dot.fn_registry_check(text) is
  'Whether every entry of the live registries has a birth, and every birth its entry. Returns {ok, registry, problems: [{registry, key, problem}]}.';

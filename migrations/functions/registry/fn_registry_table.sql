create or replace function dot.fn_registry_table(p_registry dot.registry_catalog) returns regclass
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_table   regclass := to_regclass('dot.' || quote_ident(p_registry.table_name));
  v_written text[] := p_registry.owned || p_registry.derived || p_registry.initial || p_registry.identity || p_registry.key_column;
  v_missing text;
begin
  if not exists (
    select 1 from pg_class c where c.oid = v_table and c.relkind in ('r', 'p') and c.relpersistence = 'p' and c.relowner = 'dot_owner'::regrole)
  then
    raise exception using errcode = 'DT409', message = format('registry %s has no table dot.%s that belongs to dot_owner', p_registry.registry_code, p_registry.table_name),
      hint = 'A migration makes it: dot migrate new';
  end if;
  select string_agg(w, ', ') into v_missing from unnest(v_written) w
   where w is not null and not exists (select 1 from pg_attribute a where a.attrelid = v_table and a.attname = w and a.attnum > 0 and not a.attisdropped and a.attgenerated = '');
  if v_missing is not null then
    raise exception using errcode = 'DT409', message = format('table dot.%s of registry %s has no column %s that a file could fill', p_registry.table_name, p_registry.registry_code, v_missing),
      hint = format('dot registry survey %s shows how it differs from what is declared.', p_registry.registry_code);
  end if;
  return v_table;
end
$$;
comment on function dot.fn_registry_table(dot.registry_catalog) is
  'The table of a registry: permanent, of schema dot, owned by dot_owner, with every column that its declaration fills or is keyed by. DT409 otherwise, so that nothing else is ever written through a declaration.';

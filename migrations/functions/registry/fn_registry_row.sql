create or replace function dot.fn_registry_row(p_registry dot.registry_catalog, p_key text, p_entry jsonb, p_now jsonb default null) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_row     jsonb;
  v_derived jsonb := '{}'::jsonb;
  v_unknown text;
begin
  select coalesce(jsonb_object_agg(coalesce(p_registry.fields ->> e.key, e.key), e.value) filter (where e.key <> all (p_registry.reads)), '{}'),
         string_agg(e.key, ', ' order by e.key) filter (where coalesce(p_registry.fields ->> e.key, e.key) <> all (p_registry.owned || p_registry.initial || p_registry.reads))
    into v_row, v_unknown
    from jsonb_each(p_entry) e;
  if v_unknown is not null then
    raise exception using errcode = 'DT400', message = format('%s of registry %s has no field %s', p_key, p_registry.registry_code, v_unknown),
      hint = format('Fields of its files: %s', array_to_string(p_registry.owned || p_registry.initial || p_registry.reads, ', '));
  end if;
  v_row := p_registry.defaults || v_row || jsonb_build_object(coalesce(p_registry.key_column, p_registry.identity[1]), p_key);
  if p_registry.derive_function is not null then
    execute format('select dot.%I($1, $2, $3)', p_registry.derive_function) into v_derived
      using p_key, v_row || (select coalesce(jsonb_object_agg(e.key, e.value), '{}') from jsonb_each(p_entry) e where e.key = any (p_registry.reads)), p_now;
  end if;
  return v_row || v_derived;
end
$$;
comment on function dot.fn_registry_row(dot.registry_catalog, text, jsonb, jsonb) is
  'A file of catalog/ as the row that it declares: members under the names of their columns, what the file does not say from the defaults of the registry, its key, and what the registry''s derive function adds; null where that gives null, for a file that makes no row. p_now: the row as it is. DT400 for a member that is none of the registry''s.';

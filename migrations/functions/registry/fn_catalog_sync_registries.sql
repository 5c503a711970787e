create or replace function dot.fn_catalog_sync_registries(p_entries jsonb) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_written int;
begin
  insert into dot.registry_catalog as r (registry_code, table_name, key_column, columns, phase, open, archived_word, validate_function, birth, compat, summary)
  select e.key, e.value ->> 'table', e.value ->> 'key_column', e.value -> 'columns', e.value ->> 'phase',
         coalesce((e.value ->> 'open')::boolean, false), e.value ->> 'archived_word', e.value ->> 'validate',
         array(select jsonb_array_elements_text(e.value -> 'birth')), coalesce(e.value ->> 'compat', 'replace'), e.value ->> 'summary'
    from jsonb_each(p_entries) e
  on conflict (registry_code) do update
    set table_name = excluded.table_name, key_column = excluded.key_column, columns = excluded.columns, phase = excluded.phase,
        open = excluded.open, archived_word = excluded.archived_word, validate_function = excluded.validate_function,
        birth = excluded.birth, compat = excluded.compat, summary = excluded.summary
  where (r.table_name, r.key_column, r.columns, r.phase, r.open, r.archived_word, r.validate_function, r.birth, r.compat, r.summary)
    is distinct from (excluded.table_name, excluded.key_column, excluded.columns, excluded.phase, excluded.open, excluded.archived_word, excluded.validate_function, excluded.birth, excluded.compat, excluded.summary);
  get diagnostics v_written = row_count;
  return v_written;
end
$$;
comment on function dot.fn_catalog_sync_registries(jsonb) is
  'Brings the registry of registries up to catalog/registries: {registry: {table, key_column, columns, phase, open, archived_word, validate, birth, compat, summary}}. Returns how many rows were written.';

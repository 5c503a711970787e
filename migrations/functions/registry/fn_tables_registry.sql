create or replace function dot.fn_tables_registry() returns table (relation text, how text)
language sql immutable set search_path = dot, pg_temp
as $$
  values
    ('registry_catalog', 'registry'),
    ('registry_entry_history', 'sealed'),
    ('external_tool_registry', 'registry'),
    ('registry_birth', 'recorded')
$$;
comment on function dot.fn_tables_registry() is
  'For fn_audit_coverage: how audit verify covers each table of domain registry. recorded: every change of a row is kept and sealed with its run (fn_row_record); registry: so are its entries; sealed: it is the log, or sealed with its runs; checked by: the function that holds it to something else; left out: why.';
create or replace trigger record after insert or update or delete on dot.registry_birth for each row execute function dot.fn_row_record('registry_code,entry_key');
alter table dot.registry_birth enable always trigger record;

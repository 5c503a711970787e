create or replace function dot.fn_tables_schema() returns table (relation text, how text)
language sql immutable set search_path = dot, pg_temp
as $$
  values
    ('schema_compiled', 'recorded')
$$;
comment on function dot.fn_tables_schema() is
  'For fn_audit_coverage: how audit verify covers each table of domain schema. recorded: every change of a row is kept and sealed with its run (fn_row_record); registry: so are its entries; sealed: it is the log, or sealed with its runs; checked by: the function that holds it to something else; left out: why.';
create or replace trigger record after insert or update or delete on dot.schema_compiled for each row execute function dot.fn_row_record('function_name');
alter table dot.schema_compiled enable always trigger record;

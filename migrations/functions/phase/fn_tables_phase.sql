create or replace function dot.fn_tables_phase() returns table (relation text, how text)
language sql immutable set search_path = dot, pg_temp
as $$
  values
    ('phase_registry', 'registry')
$$;
comment on function dot.fn_tables_phase() is
  'For fn_audit_coverage: how audit verify covers each table of domain phase. recorded: every change of a row is kept and sealed with its run (fn_row_record); registry: so are its entries; sealed: it is the log, or sealed with its runs; checked by: the function that holds it to something else; left out: why.';

create or replace function dot.fn_tables_command() returns table (relation text, how text)
language sql immutable set search_path = dot, pg_temp
as $$
  values
    ('dot_config', 'registry'),
    ('dot_config_history', 'checked by fn_audit_finds_setting_history_edited'),
    ('dot_error', 'registry'),
    ('dot_command_catalog', 'registry'),
    ('dot_actor', 'recorded'),
    ('dot_actor_was', 'recorded'),
    ('dot_actor_key', 'recorded'),
    ('dot_session', 'recorded'),
    ('dot_secret', 'left out: nobody who only reads can read it; it signs what one transaction says to itself, and who could replace it knows it'),
    ('break_glass', 'recorded'),
    ('dot_function_source', 'recorded'),
    ('dot_function_archive', 'recorded'),
    ('dot_schema_snapshot', 'recorded'),
    ('_sqlx_migrations', 'recorded'),
    ('dot_own_migration', 'recorded'),
    ('dot_command_run', 'sealed'),
    ('dot_command_run_proposal', 'sealed'),
    ('dot_command_run_number', 'sealed'),
    ('dot_command_run_ending', 'left out: its rows live while a transaction commits'),
    ('dot_command_run_open', 'left out: its rows live within one transaction'),
    ('dot_lock', 'left out: its rows hold nothing, they are only locked')
$$;
comment on function dot.fn_tables_command() is
  'For fn_audit_coverage: how audit verify covers each table of domain command. recorded: every change of a row is kept and sealed with its run (fn_row_record); registry: so are its entries; sealed: it is the log, or sealed with its runs; checked by: the function that holds it to something else; left out: why.';

create or replace function dot.fn_sql_protected(p_table regclass) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select n.nspname in ('pg_catalog', 'information_schema', 'pg_toast') or c.relname = '_sqlx_migrations'
      or (n.nspname = 'dot' and c.relname ~
        '^(dot_(command|config|actor|error|function|schema|session|lock|own_migration)|audit_|proposal|approval_|review_|delegation|break_glass|workflow_change|sql_|registry_|external_tool)')
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = p_table
$$;
comment on function dot.fn_sql_protected(regclass) is
  'Whether a table holds the audit or the rules themselves, or is PostgreSQL''s own: no statement by hand may change it, whoever approved it.';

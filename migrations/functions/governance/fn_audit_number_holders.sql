create or replace function dot.fn_audit_number_holders() returns text[]
language sql volatile security definer set search_path = dot, pg_temp
as $$
  select coalesce(array_agg(distinct l.virtualtransaction), '{}')
    from pg_locks l
   where l.locktype = 'relation' and l.relation = 'dot.dot_command_run_number_seq'::regclass and l.mode = 'RowExclusiveLock' and l.granted
     and l.database = (select oid from pg_database where datname = current_database())
     -- A prepared transaction has no process.
     and l.pid is distinct from pg_backend_pid()
$$;
comment on function dot.fn_audit_number_holders() is
  'The other transactions (virtual transaction ids) that have drawn a number and not ended, prepared ones too: nextval takes a lock before it draws, and the transaction keeps it.';

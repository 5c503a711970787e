-- Others that have drawn are tried with connections of their own: governance::numbers.
do $$
begin
  perform nextval('dot.dot_command_run_number_seq');
  assert exists (select 1 from pg_locks l where l.relation = 'dot.dot_command_run_number_seq'::regclass and l.mode = 'RowExclusiveLock' and l.pid = pg_backend_pid());
  perform test.equal((select count(*)::int from pg_locks l where l.pid = pg_backend_pid() and l.virtualtransaction = any (dot.fn_audit_number_holders())), 0);
end
$$;

do $$
begin
  perform dot.fn_command_current();
  perform set_config('transaction_isolation', 'read committed', true);
  assert (select p.prosrc ~ 'read committed' from pg_proc p where p.oid = 'dot.fn_command_current()'::regprocedure), 'any other is refused: tests/boundary/isolation.rs';
end
$$;

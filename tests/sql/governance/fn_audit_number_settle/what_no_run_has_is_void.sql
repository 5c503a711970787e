-- What others drew and rolled back is not to be seen here.
select setval('dot.dot_command_run_number_seq', (select max(run_number) from dot.dot_command_run_number));
do $$
declare
  v_next bigint;
  v      jsonb;
begin
  perform test.perform('gate set', '{"gate": "test.clock", "value": "open"}');
  set constraints all immediate;
  v := dot.fn_audit_number_settle();
  v_next := (v ->> 'settled')::bigint + 1;
  perform test.equal(v_next - 1, (select max(run_number) from dot.dot_command_run_number), 'all that are drawn');
  perform test.equal(dot.fn_audit_number_settle(), jsonb_build_object('settled', v_next - 1), 'nothing more');
  -- Two that nobody has, then a run.
  perform nextval('dot.dot_command_run_number_seq'), nextval('dot.dot_command_run_number_seq');
  set constraints all deferred;
  perform test.perform('gate set', '{"gate": "test.clock", "value": "closed"}');
  set constraints all immediate;
  v := dot.fn_audit_number_settle();
  perform test.equal(v, jsonb_build_object('settled', v_next + 2, 'void', format('{[%s,%s)}', v_next, v_next + 2)));
  -- After a crash the row of the unlogged table is gone.
  delete from dot.audit_number_calm;
  perform nextval('dot.dot_command_run_number_seq');
  v := dot.fn_audit_number_settle();
  perform test.equal(v, jsonb_build_object('settled', v_next + 3, 'lost', format('{[%s,%s)}', v_next + 3, v_next + 4)));
  perform test.equal((select count(*)::int from dot.audit_number_calm), 1);
  -- Someone who was at work when it looked, and is so still, may commit one of them.
  perform nextval('dot.dot_command_run_number_seq');
  insert into dot.audit_number_wait (last_number, holders, taken_at)
  select v_next + 4, array[virtualxid], now() from pg_locks where locktype = 'virtualxid' and pid = pg_backend_pid();
  v := dot.fn_audit_number_settle();
  perform test.equal(v - 'waiting_since', jsonb_build_object('settled', v_next + 3, 'waiting_for', 1));
end
$$;

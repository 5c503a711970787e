-- What others drew and rolled back is not to be seen here.
select setval('dot.dot_command_run_number_seq', (select max(run_number) from dot.dot_command_run_number));
do $$
declare
  v_next bigint;
  v      jsonb;
begin
  perform test.perform('gate set', '{"gate": "test.clock", "value": "open"}');
  perform test.numbered();
  v := dot.fn_audit_number_settle();
  v_next := (v ->> 'settled')::bigint + 1;
  perform test.equal(v_next - 1, (select max(run_number) from dot.dot_command_run_number), 'all that are drawn');
  perform test.equal(dot.fn_audit_number_settle(), jsonb_build_object('settled', v_next - 1), 'nothing more');
  -- Two that nobody has, then a run.
  perform nextval('dot.dot_command_run_number_seq'), nextval('dot.dot_command_run_number_seq');
  perform test.perform('gate set', '{"gate": "test.clock", "value": "closed"}');
  perform test.numbered();
  v := dot.fn_audit_number_settle();
  perform test.equal(v, jsonb_build_object('settled', v_next + 2, 'void', format('{[%s,%s)}', v_next, v_next + 2)));
  -- After a crash the row of the unlogged table is gone.
  delete from dot.audit_number_calm;
  perform nextval('dot.dot_command_run_number_seq');
  v := dot.fn_audit_number_settle();
  perform test.equal(v, jsonb_build_object('settled', v_next + 3, 'lost', format('{[%s,%s)}', v_next + 3, v_next + 4)));
  perform test.equal((select count(*)::int from dot.audit_number_calm), 1);
  -- Who had drawn a number when it looked, and has ended since, holds nothing up. Others are tried by tests/audit.
  perform nextval('dot.dot_command_run_number_seq');
  insert into dot.audit_number_wait (last_number, holders, taken_at) values (v_next + 4, '{999/999}', now());
  v := dot.fn_audit_number_settle();
  perform test.equal((v ->> 'settled')::bigint, v_next + 4);
end
$$;

-- What others drew and rolled back is not to be seen here.
select setval('dot.dot_command_run_number_seq', (select max(run_number) from dot.dot_command_run_number));
do $$
begin
  perform test.numbered();
  perform dot.fn_audit_number_settle();
  perform test.equal(dot.fn_audit_number_lost(), '[]'::jsonb);
  delete from dot.audit_number_calm;
  perform nextval('dot.dot_command_run_number_seq');
  perform test.numbered();
  perform dot.fn_audit_number_settle();
  perform test.equal((select jsonb_agg(l ->> 'numbers') from jsonb_array_elements(dot.fn_audit_number_lost()) l),
    (select jsonb_build_array(format('[%s,%s)', s.last_value, s.last_value + 1)) from dot.dot_command_run_number_seq s));
  -- One that was drawn and not committed, or whose run was deleted.
  perform nextval('dot.dot_command_run_number_seq');
  perform dot.fn_audit_number_settle();
  perform test.equal((select string_agg(l ->> 'because', ', ') from jsonb_array_elements(dot.fn_audit_number_lost()) l), 'crash, not committed');
end
$$;

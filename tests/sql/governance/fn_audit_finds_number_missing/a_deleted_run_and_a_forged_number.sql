-- What others drew and rolled back is not to be seen here.
select setval('dot.dot_command_run_number_seq', (select max(run_number) from dot.dot_command_run_number));
do $$
declare
  v_run  uuid := (test.perform('gate set', '{"gate": "test.clock", "value": "open"}') ->> 'run')::uuid;
  v_n    bigint;
  v_case record;
  v      text;
begin
  perform test.numbered();
  perform dot.fn_audit_append(true, 100000);
  perform dot.fn_audit_number_settle();
  v_n := (select run_number from dot.dot_command_run_number where run_id = v_run);
  perform test.equal((select count(*)::int from dot.fn_audit_finds_number_missing()), 0, 'nothing is missing');
  alter table dot.dot_command_run disable trigger protect;
  alter table dot.dot_command_run_number disable trigger protect;
  alter table dot.audit_number_settled disable trigger protect;
  for v_case in
    select * from (values
      (format('delete from dot.dot_command_run where run_id = %L', v_run), format('run %s: its number is settled, and it is gone', v_n)),
      (format('delete from dot.dot_command_run where run_id = %1$L; delete from dot.dot_command_run_number where run_id = %1$L', v_run), format('run %s: its number is settled, and it is gone', v_n)),
      -- Before its number was settled.
      (format('delete from dot.audit_number_settled; delete from dot.dot_command_run where run_id = %L', v_run), format('run %s: its number is not settled, and it is gone', v_n)),
      (format('delete from dot.dot_command_run_number where run_id = %L; delete from dot.audit_number_settled', v_run), format('run %s: it has no number, and the runs around it have one', v_run)),
      ($q$select setval('dot.dot_command_run_number_seq', 1)$q$, 'sequence dot_command_run_number_seq: it is at 1, and %'),
      ($q$update dot.audit_number_settled set from_number = from_number + 1$q$, 'numbers from 1: what was settled goes on at 2')) c(sql, found)
  loop
    begin
      execute v_case.sql;
      assert exists (select 1 from dot.fn_audit_finds_number_missing() f where f.object || ': ' || f.detail like v_case.found),
        v_case.sql || ': ' || coalesce((select string_agg(f.object || ': ' || f.detail, '; ') from dot.fn_audit_finds_number_missing() f), 'nothing');
      raise exception using errcode = 'DT999';
    exception when sqlstate 'DT999' then
      null;
    end;
  end loop;
  perform setval('dot.dot_command_run_number_seq', (select max(run_number) from dot.dot_command_run_number));
end
$$;

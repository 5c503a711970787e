do $$
declare
  v_case record;
begin
  perform test.perform('job list', '{}');
  perform dot.fn_audit_seal();
  perform dot.fn_audit_checkpoint(test.checkpoint('a'), test.log_key('a'));
  perform dot.fn_audit_checkpoint(test.checkpoint('a'), test.log_key('b'));
  perform test.equal((select jsonb_agg(f) from dot.fn_audit_finds_log_key_edited() f), null::jsonb, 'as it came');
  alter table dot.audit_log_key disable trigger all;
  for v_case in
    select * from (values
      ('update dot.audit_log_key set run_id = null', 'no run that succeeded brought it'),
      ('update dot.audit_log_key set run_id = gen_random_uuid()', 'no run that succeeded brought it'),
      ('update dot.audit_log_key set run_id = (select run_id from dot.dot_command_run where command_code = ''job list'' limit 1)', 'no run that succeeded brought it'),
      ('update dot.audit_log_key set run_id = (select run_id from dot.dot_command_run where command_code = ''audit seal'' and state = ''refused'')', 'no run that succeeded brought it'),
      ('insert into dot.audit_log_key select origin, ''00000000'', public_key, run_id, made_at from dot.audit_log_key', 'no checkpoint came with it'),
      ('update dot.audit_log_key set made_at = made_at - interval ''1 day''', 'no checkpoint came with it'),
      ('update dot.audit_log_key set public_key = test.base_times(test.secret(''b''))', 'its id is not that of its name and its key'),
      ('update dot.audit_log_key set origin = ''other''', 'its id is not that of its name and its key')) c(change, says)
  loop
    begin
      execute v_case.change;
      assert v_case.says in (select detail from dot.fn_audit_finds_log_key_edited()), v_case.change;
      raise exception using errcode = 'DT999';
    exception when sqlstate 'DT999' then
      null;
    end;
  end loop;
end
$$;

do $$
declare
  v_case record;
  v      text;
begin
  -- As many leaves as make a frontier of several.
  perform test.perform('job list', '{}') from generate_series(1, 3);
  perform dot.fn_audit_seal();
  perform dot.fn_audit_checkpoint(test.checkpoint('a'), test.log_key('a'));
  perform test.equal((select string_agg(detail, ', ') from dot.fn_audit_finds_checkpoint_edited()), null, 'as it was made');
  for v_case in
    select * from (values
      ('made_at = made_at - interval ''1 day''', 'it says that it was made at %'),
      ('made_at = ''infinity''', 'it says that it was made at %'),
      ('run_id = null', 'no run that succeeded made it'),
      ('run_id = gen_random_uuid()', 'no run that succeeded made it'),
      ('run_id = (select run_id from dot.dot_command_run where command_code = ''job list'' limit 1)', 'no run that succeeded made it'),
      ('key_id = ''00000000''', 'it is by key 00000000 of test, which the log does not know'),
      ('origin = ''other''', 'it is by key % of other, which the log does not know'),
      ('frontier = root', 'what the next one is computed from is not of its root'),
      ('frontier = set_byte(frontier, 0, get_byte(frontier, 0) # 1)', 'what the next one is computed from is not of its root')) c(edit, detail)
  loop
    begin
      alter table dot.audit_checkpoint disable trigger all;
      execute 'update dot.audit_checkpoint set ' || v_case.edit;
      select string_agg(f.object || ': ' || f.detail, '; ') into v from dot.fn_audit_finds_checkpoint_edited() f where f.detail like v_case.detail;
      assert v is not null, v_case.edit;
      raise exception using errcode = 'DT999';
    exception when sqlstate 'DT999' then
      null;
    end;
  end loop;
end
$$;

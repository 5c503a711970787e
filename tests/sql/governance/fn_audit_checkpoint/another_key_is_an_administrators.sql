do $$
declare
  v_worker constant text := test.login('w', '{dot_worker}');
  v_say    constant text := 'select dot.fn_audit_checkpoint(%L, %L) ->> %L';
begin
  perform dot.fn_audit_seal();
  perform test.equal(test.by(v_worker, format(v_say, test.checkpoint('a'), test.log_key('a'), 'reason')), 'other_key', 'also the first one');
  assert not exists (select 1 from dot.audit_log_key), 'no key is known by what was refused';
  assert dot.fn_audit_checkpoint(test.checkpoint('a'), test.log_key('a')) ? 'checkpoint', 'the first one';
  perform test.equal(test.by(v_worker, format(v_say, test.checkpoint('b'), test.log_key('b'), 'reason')), 'other_key', 'another');
  assert test.by(v_worker, format(v_say, test.checkpoint('a'), test.log_key('a'), 'checkpoint')) ~ '^\d+$', 'with the same';
  assert dot.fn_audit_checkpoint(test.checkpoint('b'), test.log_key('b')) ? 'checkpoint', 'who administers changes it';
  perform test.equal(test.by(v_worker, format(v_say, test.checkpoint('a'), test.log_key('a'), 'reason')), 'other_key', 'and there is no way back');
  assert test.by(v_worker, format(v_say, test.checkpoint('b'), test.log_key('b'), 'checkpoint')) ~ '^\d+$', 'but on';
  perform test.equal((select count(*) from dot.audit_log_key), 2::bigint);
end
$$;

-- And what is done to them past that is found all the same.
do $$
begin
  perform test.raises('DT409', 'truncate dot.audit_log_key');
  perform dot.fn_audit_seal();
  perform dot.fn_audit_checkpoint(test.checkpoint('a'), test.log_key('a'));
  perform test.raises('DT409', 'delete from dot.audit_log_key'), test.raises('DT409', 'update dot.audit_log_key set made_at = now()');
  alter table dot.audit_log_key disable trigger all;
  delete from dot.audit_log_key;
  assert 'it is gone, and no change recorded that' in (select detail from dot.fn_audit_finds_row_edited() where object like 'audit_log_key%');
end
$$;

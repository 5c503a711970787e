do $$
declare
  v_worker constant text := test.login('w', '{dot_worker}');
  v_say    constant text := 'select dot.fn_audit_checkpoint(%L, %L) ->> %L';
begin
  perform dot.fn_audit_seal();
  perform dot.fn_audit_checkpoint(test.checkpoint('a'), test.log_key('a'));
  alter table dot.audit_log_key disable trigger user;
  -- A key with the same id, which whoever has time makes.
  update dot.audit_log_key set public_key = test.base_times(test.secret('b'));
  perform test.equal(dot.fn_audit_checkpoint(test.checkpoint('a'), test.log_key('a')) ->> 'message', format('the key %s of this log is another one', split_part(test.log_key('a'), '+', 2)));
  -- As it was before the database knew any.
  delete from dot.audit_log_key;
  alter table dot.audit_log_key enable always trigger record;
  perform test.equal(test.by(v_worker, format(v_say, test.checkpoint('a'), test.log_key('a'), 'message')),
    format('the database does not know the public key %s of this log yet; an administrator alone brings it', split_part(test.log_key('a'), '+', 2)));
  assert dot.fn_audit_checkpoint(test.checkpoint('a'), test.log_key('a')) ? 'checkpoint', 'who administers brings it again';
  assert test.by(v_worker, format(v_say, test.checkpoint('a'), test.log_key('a'), 'checkpoint')) ~ '^\d+$', 'then anyone who may seal';
end
$$;

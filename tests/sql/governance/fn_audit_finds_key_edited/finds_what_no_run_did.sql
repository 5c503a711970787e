do $$
declare
  v_key  text;
  v_case record;
begin
  perform test.actor('ann', 'human', '{dot_operator}'), test.actor('bob', 'human', '{dot_operator}');
  v_key := test.perform('actor key add', json_build_object('actor', 'ann', 'key', test.public_key('ann'))) #>> '{data,key}';
  perform dot.fn_actor_key_add('bob', test.public_key('bob'));
  perform test.perform('actor key revoke', json_build_object('key', dot.fn_actor_key_add('bob', test.public_key('old')) ->> 'key'));
  perform test.equal((select jsonb_agg(f) from dot.fn_audit_finds_key_edited() f), null::jsonb);
  alter table dot.dot_actor_key disable trigger user;
  for v_case in
    select * from (values
      ('update dot.dot_actor_key set actor_id = ''bob'' where actor_id = ''ann''', 'no run that succeeded registered this key for bob'),
      ('update dot.dot_actor_key set public_key = test.public_key(''x'') where actor_id = ''ann''', 'no run that succeeded registered this key for ann'),
      ('update dot.dot_actor_key set added_at = added_at - interval ''1 day'' where actor_id = ''ann''', 'no run that succeeded registered this key for ann'),
      ('update dot.dot_actor_key set added_run = null where actor_id = ''ann''', 'no run that succeeded registered this key for ann'),
      ('insert into dot.dot_actor_key select dot.fn_ssh_key(k) ->> ''fingerprint'', ''bob'', ''ssh-ed25519'', k, null, now(), ''x'' from test.public_key(''y'') k', 'no run that succeeded registered this key for bob'),
      ('delete from dot.dot_actor_key where actor_id = ''ann''', 'the run registered this key, and it is gone'),
      ('update dot.dot_actor_key set revoked_at = now(), revoked_by = ''x'' where actor_id = ''ann''', 'no run that succeeded revoked this key'),
      ('update dot.dot_actor_key set revoked_at = null, revoked_by = null where revoked_at is not null', 'the run revoked this key, and it is not revoked'),
      ('update dot.dot_actor_key set revoked_at = revoked_at + interval ''1 day'' where revoked_at is not null', 'the run revoked this key, and it is not revoked'),
      ('insert into dot.dot_command_run_proposal select added_run, gen_random_uuid() from dot.dot_actor_key where actor_id = ''ann''; update dot.dot_actor_key set added_at = ''2020-01-01'' where actor_id = ''ann''', 'it came without an approval, when others already needed one')) c(change, says)
  loop
    begin
      execute v_case.change;
      assert v_case.says in (select detail from dot.fn_audit_finds_key_edited()), format('%s: %s', v_case.change, (select jsonb_agg(detail) from dot.fn_audit_finds_key_edited()));
      raise exception using errcode = 'DT999';
    exception when sqlstate 'DT999' then
      null;
    end;
  end loop;
end
$$;

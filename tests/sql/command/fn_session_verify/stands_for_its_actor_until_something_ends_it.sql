do $$
declare
  v_ann    text := test.actor('ann', 'human', '{dot_operator,dot_reviewer}');
  v_bob    text := test.actor('bob', 'human', '{dot_operator}');
  v_gate   text := test.actor('gate', 'service', '{dot_operator,dot_gateway}');
  v_past   text := test.actor('past', 'service', '{dot_operator}');
  v_who    constant text := 'select dot.fn_actor_current()::text';
  v_token  text := test.token(v_ann);
  v_change text;
begin
  -- A role that was granted past the platform makes no gateway.
  execute format('grant dot_gateway to %I', v_past);
  perform test.equal(test.presents(v_gate, v_token, v_who), '(ann,human,,t)', 'a gateway');
  perform test.equal(test.presents(v_ann, v_token, v_who), '(ann,human,,t)', 'its own login');
  perform test.equal(test.by(v_gate, v_who), '(gate,service,,t)', 'without a token');
  perform test.equal(test.presents(v_bob, v_token, v_who), 'DT403', 'another login');
  perform test.equal(test.presents(v_past, v_token, v_who), 'DT403', 'a gateway that nobody made one');
  perform test.equal(test.presents(v_past, test.token(v_ann), v_who), 'DT403', 'nor for what is opened since');
  perform test.equal(test.presents(v_gate, upper(v_token), v_who), 'DT403', 'nearly the token');
  perform test.equal(test.presents(v_gate, (select encode(s.token_sha256, 'hex') from dot.dot_session s limit 1), v_who), 'DT403', 'what is kept of it');
  perform test.equal(test.presents(v_gate, (select s.session_id::text from dot.dot_session s limit 1), v_who), 'DT403', 'its id');
  foreach v_change in array array[
    $q$update dot.dot_session set opened_at = opened_at - interval '2 hours', expires_at = expires_at - interval '2 hours'$q$,
    $q$update dot.dot_session set revoked_at = now(), revoked_by = 'x'$q$,
    $q$update dot.dot_actor set status = 'disabled' where actor_id = 'ann'$q$,
    $q$update dot.dot_actor set login_name = 'elsewhere' where actor_id = 'ann'$q$,
    $q$update dot.dot_actor set status = 'disabled' where actor_id = 'gate'$q$,
    $q$update dot.dot_actor set roles = '{dot_operator}' where actor_id = 'gate'$q$,
    format('revoke dot_reviewer from %I', v_ann),
    format('revoke dot_gateway from %I', v_gate)
  ] loop
    begin
      execute v_change;
      perform test.equal(test.presents(v_gate, v_token, v_who), 'DT403', v_change);
      raise exception using errcode = 'DT999';
    exception when sqlstate 'DT999' then
      null;
    end;
    perform test.equal(test.presents(v_gate, v_token, v_who), '(ann,human,,t)', 'as before');
  end loop;
  -- Nobody asks it anything directly, nor reads what it looks at.
  perform test.equal(test.by(v_gate, format('select dot.fn_session_verify(%L)', v_token)), '42501');
  perform test.equal(test.by(v_gate, 'select count(*)::text from dot.dot_session'), '42501');
end
$$;

do $$
declare
  v_ann   text := test.actor('ann', 'human', '{dot_operator}');
  v_bob   text := test.actor('bob', 'human', '{dot_operator,dot_reviewer}');
  v_cid   text := test.actor('cid', 'human', '{dot_operator}');
  v_dan   text := test.actor('dan', 'human', '{dot_operator}');
  v_eve   text := test.actor('eve', 'human', '{dot_operator}');
  v_token text := test.token(v_ann);
  v       text;
begin
  perform test.token(v_bob), test.token(v_cid), test.token(v_dan), test.token(v_eve);
  begin
    update dot.dot_actor set changed_at = changed_at where actor_id = 'eve';
  exception when division_by_zero then null;
  end;
  execute format('revoke dot_reviewer from %I', v_bob);
  update dot.dot_actor set status = 'disabled' where actor_id = 'cid';
  update dot.dot_session set opened_at = opened_at - interval '2 hours', expires_at = expires_at - interval '2 hours' where actor_id = 'dan';
  v := test.by(v_ann, $q$select string_agg(actor || ' ' || state, ', ' order by actor) from dot.fn_session_list(p_history => true)$q$);
  perform test.equal(v, 'ann open, bob role_lost, cid disabled, dan expired, eve changed');
  perform test.equal(test.by(v_ann, $q$select string_agg(actor, ',') from dot.fn_session_list()$q$), 'ann', 'without those that have ended');
  v := test.by(v_ann, $q$select jsonb_agg(to_jsonb(l))::text from dot.fn_session_list() l$q$);
  assert position(v_token in v) = 0 and position(encode(sha256(convert_to(v_token, 'UTF8')), 'hex') in v) = 0, v;
  perform dot.fn_session_revoke(session) from dot.fn_session_list();
  perform test.equal((select state from dot.fn_session_list((select session_id from dot.dot_session where actor_id = 'ann'))), 'revoked');
end
$$;

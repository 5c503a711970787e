do $$
declare
  v_ann   text := test.actor('ann', 'human', '{dot_operator}');
  v_bob   text := test.actor('bob', 'human', '{dot_operator}');
  v_boss  text := test.actor('boss', 'human', '{dot_admin}');
  v_gate  text := test.actor('gate', 'service', '{dot_operator,dot_gateway}');
  v_token text;
  v_call  text;
  v_turn  text;
begin
  foreach v_turn in array array['own', 'gateway', 'administrator'] loop
    v_token := test.token(v_ann);
    v_call := (select format($q$select dot.fn_session_revoke(%L) ->> 'changed'$q$, s.session_id) from dot.dot_session s where s.revoked_at is null);
    perform test.equal(test.by(v_bob, replace(v_call, 'changed', 'reason')), 'not_ones_own');
    perform test.equal(test.by(v_gate, replace(v_call, 'changed', 'reason')), 'not_ones_own', 'a gateway, without the token');
    perform test.equal(case v_turn when 'own' then test.by(v_ann, v_call) when 'gateway' then test.presents(v_gate, v_token, v_call) else test.by(v_boss, v_call) end, 'true', v_turn);
    perform test.equal(test.presents(v_gate, v_token, 'select dot.fn_actor_current()::text'), 'DT403', 'from then on');
    perform test.equal(test.by(v_boss, v_call), 'false', 'once');
  end loop;
  perform test.equal((select string_agg(s.revoked_by, ' ' order by s.session_id) from dot.dot_session s), 'ann ann boss');
  perform test.equal(test.by(v_ann, 'select dot.fn_session_revoke(gen_random_uuid())'), 'DT404');
  perform test.equal(test.by(v_ann, 'select dot.fn_session_revoke(null)'), 'DT404');
end
$$;

-- With it end the decisions that were made under it.
do $$
declare
  v_ann  text := test.actor('ann', 'human', '{dot_operator,dot_reviewer}');
  v_bot  text := test.actor('bot', 'agent', '{dot_agent}', 'ann');
  v_gate text := test.actor('gate', 'service', '{dot_operator,dot_gateway}');
  v_id   uuid;
  v_call text;
begin
  perform test.actor('bob', 'human', '{dot_operator}');
  v_id := (test.by(v_ann, $q$select dot.fn_delegation_grant('bob', now() + interval '1 day', 'away') ->> 'delegation'$q$))::uuid;
  v_call := format($q$select dot.fn_delegation_revoke(%L) ->> 'reason'$q$, v_id);
  perform test.equal(test.by(v_bot, v_call), 'not_a_party');
  perform test.equal(test.presents(v_gate, test.token(v_ann), v_call), 'not_the_login_itself');
  perform test.equal(test.by(v_ann, format($q$select dot.fn_delegation_revoke(%L) ->> 'changed'$q$, v_id)), 'true');
end
$$;

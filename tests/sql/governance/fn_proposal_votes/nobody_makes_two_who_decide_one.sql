do $$
declare
  v_rex text := test.actor('rex', 'human', '{dot_operator,dot_reviewer}');
  v_roy text := test.actor('roy', 'human', '{dot_operator,dot_reviewer}');
  v_rae text := test.actor('rae', 'human', '{dot_operator,dot_reviewer}');
  v_two uuid := test.tag_proposal();
  v_one uuid := test.tag_proposal('other');
begin
  update dot.dot_actor set changed_at = now() - interval '1 day';
  alter table dot.approval_policy disable trigger user;
  update dot.approval_policy set factors = '[{"role": "dot_reviewer", "n": 2}]', deny_quorum = 2 where policy_code = (select policy_code from dot.proposal where proposal_id = v_two);
  perform test.by(w, format('select dot.fn_proposal_approve(%L, ''yes'')', v_two)), test.by(w, format('select dot.fn_proposal_reject(%L, ''no'')', v_one)) from unnest(array[v_rex, v_roy]) w;
  perform test.equal(test.judged(v_two) || ', ' || test.judged(v_one), 'true, rex roy false');
  -- As the delegates of a third, whom they have not asked for it.
  insert into dot.delegation (delegation_id, delegator_id, delegator_principal, delegator_login, delegator_verified, delegate_id, delegate_principal, reason, valid_from, valid_until)
  select gen_random_uuid(), 'rae', 'rae', v_rae, true, d, d, 'x', now() - interval '1 hour', now() + interval '1 hour' from unnest('{rex,roy}'::text[]) d;
  perform test.equal(test.judged(v_two) || ', ' || test.judged(v_one), 'true, rex roy false');
  -- Who has the right by that alone counts as her.
  update dot.dot_actor set roles = '{dot_operator}' where actor_id = 'roy';
  perform test.equal(test.judged(v_two), 'true');
  update dot.dot_actor set roles = '{dot_operator}' where actor_id = 'rex';
  perform test.equal(test.judged(v_two) || ', ' || test.judged(v_one), 'false, rex roy false');
end
$$;

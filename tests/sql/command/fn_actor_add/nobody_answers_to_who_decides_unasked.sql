do $$
declare
  v_ann  text := test.actor('ann', 'human', '{dot_operator,dot_reviewer}');
  v_bob  text := test.actor('bob', 'human', '{dot_operator,dot_reviewer,dot_admin}');
  v_cid  text := test.actor('cid', 'human', '{dot_operator}');
  v_bot  text := test.login('bot', '{dot_agent}');
  v_call text := format($q$select coalesce(r ->> 'reason', r ->> 'actor') from dot.fn_actor_add('bot', 'agent', %L, %%L) r$q$, v_bot);
begin
  -- What it proposes is for her not to approve.
  perform test.equal(test.by(v_bob, format(v_call, 'ann')), 'approval_required');
  perform test.equal(test.by(v_bob, format(v_call, 'cid')), 'bot');
  perform test.equal(test.by(v_bob, format($q$select coalesce(r ->> 'reason', r ->> 'actor') from dot.fn_actor_add('own', 'agent', %L, 'bob') r$q$, test.login('own', '{dot_agent}'))), 'own');
end
$$;

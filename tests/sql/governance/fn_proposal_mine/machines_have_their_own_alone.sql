do $$
declare
  v_ann   text := test.actor('ann', 'human', '{dot_operator}');
  v_bob   text := test.actor('bob', 'human', '{dot_operator}');
  v_two   text := test.actor('ann2', 'human', '{dot_operator}', 'ann');
  v_bot   text := test.actor('bot', 'agent', '{dot_agent}', 'ann');
  v_other text := test.actor('other', 'agent', '{dot_agent}', 'ann');
  v_name  text := test.login('namesake', '{dot_agent}');
  v_gate  text := test.actor('gate', 'service', '{dot_operator,dot_gateway}');
  v_draft text := $q$select r ->> 'proposal' from dot.fn_proposal_submit('registry_entry', '{"registry": "tags", "key": "grants", "owner": "ann", "purpose": "x", "entry": {"facet": "domain", "title": "T", "summary": "s"}}', p_draft => true) r$q$;
  v_id    uuid := test.by(v_bot, v_draft)::uuid;
  v_open  text := format($q$select coalesce(r ->> 'reason', r ->> 'state') from dot.fn_proposal_submit(p_draft_of => %L) r$q$, v_id);
  v_edit  text := format($q$select coalesce(r ->> 'reason', r ->> 'state') from dot.fn_proposal_revise(%L) r$q$, v_id);
begin
  grant execute on function dot.fn_proposal_mine(uuid) to public;
  -- An agent's is its own, and of the people that it is for.
  perform test.equal((select string_agg(test.by(l, format('select dot.fn_proposal_mine(%L)::text', v_id)), ' ' order by n) from unnest(array[v_bot, v_ann, v_two, v_other, v_bob]) with ordinality u(l, n)), 'true true true false false');
  -- What is no more than drafted is submitted by nobody else.
  perform test.equal(test.by(v_other, v_open) || ' ' || test.by(v_bob, v_open), 'not_the_proposer not_the_proposer');
  perform test.equal(test.by(v_ann, v_open), 'submitted');
  -- Whoever edits it cannot approve it, so that machines make nobody an editor.
  perform test.equal(test.by(v_other, v_edit) || ' ' || test.presents(v_gate, test.token(v_bob), v_edit), 'not_the_proposer not_the_proposer');
  perform test.equal(test.by(v_bot, v_edit) || ' ' || test.by(v_bob, v_edit), 'submitted not_the_proposer');
  update dot.dot_actor set roles = roles || '{dot_reviewer}' where actor_id = 'bob';
  execute format('grant dot_reviewer to %I', v_bob);
  perform test.equal(test.by(v_bob, v_edit), 'submitted');
  -- A login that is called as an actor is not that one.
  update dot.dot_actor set actor_id = v_name where actor_id = 'other';
  alter table dot.proposal disable trigger user;
  update dot.proposal set proposer_id = v_name where proposal_id = v_id;
  perform test.equal(test.by(v_name, v_edit), 'not_the_proposer');
  -- Who only said to be an actor at that time is not that one now.
  update dot.proposal set proposer_id = 'bot', proposer_principal = 'ann', proposer_verified = false where proposal_id = v_id;
  perform test.equal(test.by(v_bot, format('select dot.fn_proposal_mine(%L)::text', v_id)), 'false', 'said to be');
  update dot.proposal set proposer_verified = true where proposal_id = v_id;
  perform test.equal(test.by(v_bot, format('select dot.fn_proposal_mine(%L)::text', v_id)), 'true', 'known to be');
end
$$;

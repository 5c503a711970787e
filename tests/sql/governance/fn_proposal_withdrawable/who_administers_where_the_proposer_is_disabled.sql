do $$
declare
  v_ann text := test.actor('ann', 'human', '{dot_operator}');
  v_bob text := test.actor('bob', 'human', '{dot_operator,dot_reviewer}');
  v_adm text := test.actor('adm', 'human', '{dot_admin}');
  v_bot text := test.actor('bot', 'service', '{dot_admin}');
  v_id  uuid := test.by(v_ann, $q$select r ->> 'proposal' from dot.fn_proposal_submit('registry_entry', '{"registry": "tags", "key": "grants", "owner": "ann", "purpose": "x", "entry": {"facet": "domain", "title": "T", "summary": "s"}}') r$q$)::uuid;
  v_all text := format($q$select string_agg(test.by(l, %L), ' ' order by n) from unnest(%L::text[]) with ordinality u(l, n)$q$,
    format('select dot.fn_proposal_withdrawable(%L)::text', v_id), array[v_ann, v_bob, v_adm, v_bot]);
  v_saw text;
begin
  grant execute on function dot.fn_proposal_withdrawable(uuid) to public;
  grant execute on function dot.fn_problems_surface() to public;
  execute v_all into v_saw;
  perform test.equal(v_saw, 'true false false false');
  perform test.equal(dot.fn_proposal_withdrawable(gen_random_uuid()), false);
  update dot.dot_actor set status = 'disabled' where actor_id = 'ann';
  execute v_all into v_saw;
  perform test.equal(substr(v_saw, strpos(v_saw, ' ') + 1), 'false true false');
  -- It expires, and for each of them there is a way that ends it.
  alter table dot.proposal disable trigger user;
  update dot.proposal set proposal_state = 'approved', expires_at = dot.fn_clock_now() - interval '1 hour' where proposal_id = v_id;
  perform test.equal(test.by(v_bob, $q$select cure from dot.fn_problems_surface() where signal = 'expired_approvals'$q$), format('dot proposal reject %s --rationale WHY --yes', v_id));
  perform test.equal(test.by(v_adm, $q$select cure from dot.fn_problems_surface() where signal = 'expired_approvals'$q$), format('dot proposal withdraw %s --note WHY --yes', v_id));
  perform test.equal(test.by(v_adm, format($q$select dot.fn_proposal_withdraw(%L, 'gone') ->> 'state'$q$, v_id)), 'withdrawn');
end
$$;

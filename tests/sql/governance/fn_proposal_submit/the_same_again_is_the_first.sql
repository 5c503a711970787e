do $$
declare
  v_ann  text := test.actor('ann', 'human', '{dot_operator}');
  v_bob  text := test.actor('bob', 'human', '{dot_operator}');
  v_call constant text := $q$select dot.fn_proposal_submit('registry_entry',
    '{"registry": "tags", "key": "grants", "owner": "ann", "purpose": %s, "entry": {"facet": "domain", "title": "T", "summary": "s"}}', p_draft => %L) ->> 'proposal'$q$;
  v_first text := test.by(v_ann, format(v_call, '"x"', false));
begin
  perform test.equal(test.by(v_ann, format(v_call, '"x"', false)), v_first);
  assert test.by(v_ann, format(v_call, '"y"', false)) <> v_first, 'another payload';
  assert test.by(v_bob, format(v_call, '"x"', false)) <> v_first, 'another proposer';
  assert test.by(v_ann, format(v_call, '"x"', true)) <> v_first, 'a draft is no open proposal';
  perform test.by(v_ann, format($q$select dot.fn_proposal_withdraw(%L) ->> 'state'$q$, v_first));
  assert test.by(v_ann, format(v_call, '"x"', false)) <> v_first, 'one that is withdrawn is no open proposal';
end
$$;

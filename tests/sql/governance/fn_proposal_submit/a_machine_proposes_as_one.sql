do $$
declare
  v_ann  text := test.actor('ann', 'human', '{dot_operator}');
  v_bot  text := test.actor('bot', 'agent', '{dot_agent}', 'ann');
  v_call constant text := $q$select coalesce(r ->> 'reason', r ->> 'state') from dot.fn_proposal_submit('registry_entry',
    '{"registry": "tags", "key": "grants", "owner": "ann", "purpose": "x", "entry": {"facet": "domain", "title": "T", "summary": "s"}}', p_class => %L) r$q$;
begin
  perform test.equal(test.by(v_bot, format(v_call, 'human')) || ' ' || test.by(v_bot, format(v_call, 'agent')) || ' ' || test.by(v_ann, format(v_call, 'human')), 'not_a_person submitted submitted');
end
$$;

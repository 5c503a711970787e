do $$
declare
  v_unit uuid;
  v_got  jsonb;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\nbcdefgh\n']));
  select unit into v_unit from dot.fn_iu_list('a.md');
  perform dot.fn_gate_set('policy.agent.max_risk', 'critical');
  perform set_config('dot.actor', 'bot', true), set_config('dot.actor_kind', 'agent', true), set_config('dot.run_id', '', true);
  v_got := dot.fn_review_decide('iu_split', dot.fn_iu_operation_split(v_unit, array[4]), 'approved', 'I think so');
  assert v_got @> '{"refused": true, "code": "DT403", "reason": "agent_cannot_review"}', v_got::text;
  assert not exists (select 1 from dot.review_decision), 'nothing is recorded';
end
$$;

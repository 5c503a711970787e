do $$
declare
  v_ada text := test.actor('ada', 'human', '{dot_admin}');
begin
  perform test.equal((test.run((test.perform('gate set', '{"gate": "policy.freeze", "value": "closed"}') ->> 'run')::uuid)).risk,
    (select risk from dot.dot_config where config_key = 'policy.freeze'));
  perform test.by(v_ada, $q$select dot.fn_gate_set('policy.freeze', 'closed')::text$q$);
  perform test.equal((select r.risk from dot.dot_command_run r where r.actor = 'ada' order by r.run_id desc limit 1),
    (select risk from dot.dot_config where config_key = 'policy.freeze'));
end
$$;

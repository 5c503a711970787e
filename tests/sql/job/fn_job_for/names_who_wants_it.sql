do $$
begin
  assert dot.fn_job_for('{"command": "x"}') #> '{$for,actor}' is not null;
  assert dot.fn_job_for('{"$for": {"actor": "a"}}') = '{"$for": {"actor": "a"}}', 'a service may pass it on';
  perform set_config('dot.actor_kind', 'agent', true);
  assert dot.fn_job_for('{"$for": {"actor": "a", "kind": "human"}}') #>> '{$for,kind}' = 'agent', 'an agent may not';
end
$$;

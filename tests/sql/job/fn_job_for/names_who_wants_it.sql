do $$
begin
  assert dot.fn_job_for('{"command": "x"}') #> '{$for,actor}' is not null;
  assert dot.fn_job_for('{"$for": {"actor": "a"}}') #>> '{$for,actor}' <> 'a', 'nobody says for whom';
  perform dot.fn_context_put('job_for', 'kept');
  perform test.equal(dot.fn_job_for('{"$for": {"actor": "a"}}'), '{"$for": {"actor": "a"}}'::jsonb, 'a schedule passes it on');
  perform set_config('dot.job_for', '', true), set_config('dot.actor_kind', 'agent', true);
  assert dot.fn_job_for('{"$for": {"actor": "a", "kind": "human"}}') #>> '{$for,kind}' = 'agent', 'an agent may not';
end
$$;

do $$
begin
  update dot.dot_actor set roles = array_remove(roles, 'dot_reviewer');
  perform test.equal(dot.fn_actor_approval('x', '{}'), null::jsonb, 'nobody could approve it');
  perform test.actor('r1', 'human', '{dot_reviewer}'), test.actor('r2', 'human', '{dot_reviewer}');
  perform test.refused(dot.fn_actor_approval('x', '{"actor": "y"}'), 'approval_required');
  perform test.equal(dot.fn_actor_approval('x', '{"actor": "y"}') ->> 'actor', 'y');
end
$$;

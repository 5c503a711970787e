do $$
begin
  update dot.dot_actor set roles = array_remove(roles, 'dot_reviewer');
  assert dot.fn_actor_promote('x', '{dot_reviewer}') is null, 'nobody could approve it';
  perform test.actor('r1', 'human', '{dot_reviewer}'), test.actor('r2', 'human', '{dot_reviewer}');
  perform test.refused(dot.fn_actor_promote('x', '{dot_reviewer}'), 'approval_required');
  -- Who is disabled, or whose login loses the role, opens no new beginning.
  update dot.dot_actor set status = 'disabled' where actor_id in ('r1', 'r2');
  perform test.refused(dot.fn_actor_promote('x', '{dot_reviewer}'), 'approval_required');
end
$$;

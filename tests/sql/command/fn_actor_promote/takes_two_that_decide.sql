do $$
declare
  v_one constant text := test.login('one', '{dot_reviewer}');
  v_two constant text := test.login('two', '{dot_reviewer}');
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('one', 'human', v_one, '{dot_reviewer}');
  perform test.equal(dot.fn_actor_promote('x', '{dot_admin}'), null::jsonb, 'one alone approves nothing of his own');
  insert into dot.dot_actor (actor_id, actor_kind, login_name, principal, roles) values ('two', 'human', v_two, 'one', '{dot_reviewer}');
  perform test.equal(dot.fn_actor_promote('x', '{dot_admin}'), null::jsonb, 'one person with two logins');
  update dot.dot_actor set principal = null where actor_id = 'two';
  perform test.refused(dot.fn_actor_promote('x', '{dot_admin}'), 'approval_required');
  perform test.refused(dot.fn_actor_promote('x', '{dot_operator,dot_reviewer}'), 'approval_required');
  perform test.refused(dot.fn_actor_promote('x', '{dot_breakglass}'), 'approval_required');
  perform test.equal(dot.fn_actor_promote('x', '{dot_operator,dot_worker}'), null::jsonb);
  perform test.equal(dot.fn_actor_promote('x', null), null::jsonb);
end
$$;

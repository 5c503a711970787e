do $$
declare
  v_from timestamptz := now();
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('boss', 'human', session_user, '{dot_admin}') on conflict do nothing;
  perform dot.fn_delegation_grant('ann', v_from + interval '1 day', 'away');
  assert (select g.delegate_id = 'ann' from dot.delegation g where g.delegation_id = dot.fn_delegation_between('{ann}', v_from, v_from + interval '1 hour'));
  assert dot.fn_delegation_between('{bob}', v_from, v_from + interval '1 hour') is null;
  assert dot.fn_delegation_between('{ann}', v_from + interval '2 days', v_from + interval '3 days') is null;
  -- One in a transaction.
  perform dot.fn_delegation_revoke(dot.fn_delegation_between('{ann}', v_from, v_from + interval '1 hour'));
  perform test.refused(dot.fn_delegation_grant('bob', v_from + interval '1 day', 'away'), 'delegation_going_on');
end
$$;

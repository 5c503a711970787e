do $$
declare
  v_admin constant text := test.login('adm', '{dot_admin}');
  v_owner constant text := test.login('own', '{dot_owner}');
begin
  assert not dot.fn_actor_outranks(v_owner) and not dot.fn_actor_outranks(v_admin) and not dot.fn_actor_outranks('nobody there'), 'a superuser is above all';
  perform test.equal(test.by(v_admin, format($q$select dot.fn_actor_add(%L, 'human', %L) ->> 'reason'$q$, 'boss', v_owner)), 'owner_login');
  perform test.equal(test.by(v_admin, $q$select dot.fn_actor_add('root', 'human', (select rolname::text from pg_roles where rolsuper order by 1 limit 1)) ->> 'reason'$q$), 'owner_login');
  insert into dot.dot_actor (actor_id, actor_kind, login_name) values ('boss', 'human', v_owner);
  perform test.equal(test.by(v_admin, $q$select dot.fn_actor_disable('boss') ->> 'reason'$q$), 'owner_login');
  perform test.equal((select status from dot.dot_actor where actor_id = 'boss'), 'active');
end
$$;

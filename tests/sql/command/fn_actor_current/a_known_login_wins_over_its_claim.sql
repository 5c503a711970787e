do $$
declare
  v record;
begin
  perform set_config('dot.actor', 'mallory', true);
  v := dot.fn_actor_current();
  assert v.actor_id = 'mallory' and not v.verified, 'a shared login claims';
  insert into dot.dot_actor (actor_id, actor_kind, login_name) values ('alice', 'human', session_user);
  v := dot.fn_actor_current();
  assert v.actor_id = 'alice' and v.verified, 'a known login is who it is';
end
$$;

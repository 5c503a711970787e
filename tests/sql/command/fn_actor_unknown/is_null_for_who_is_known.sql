do $$
begin
  perform test.equal(dot.fn_actor_unknown(), null::jsonb, 'on the private cluster');
  execute $q$create or replace function dot.fn_identity_private() returns boolean language sql stable security definer set search_path = dot, pg_temp as 'select false'$q$;
  perform test.refused(dot.fn_actor_unknown(), 'login_unknown');
  insert into dot.dot_actor (actor_id, actor_kind, login_name) values ('me', 'human', session_user);
  perform test.equal(dot.fn_actor_unknown(), null::jsonb);
end
$$;

do $$
declare
  v_name text := test.login('namesake', '{dot_reader}');
  v_who  constant text := 'select (dot.fn_actor_current()).actor_id';
begin
  perform test.equal(test.by(v_name, v_who), v_name);
  insert into dot.dot_actor (actor_id, actor_kind, login_name) values (upper(v_name), 'human', 'another_login');
  perform test.equal(test.by(v_name, v_who), 'login ' || v_name);
end
$$;

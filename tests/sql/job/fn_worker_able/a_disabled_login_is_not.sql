do $$
declare
  v_login constant text := test.login('w', '{dot_worker}');
begin
  perform dot.fn_worker_able();
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles, status) values ('w', 'service', v_login, '{dot_worker}', 'disabled');
  perform test.equal(test.by(v_login, 'select dot.fn_job_complete(array[1], array[1])::text'), 'DT403');
  perform test.equal(test.by(v_login, 'select dot.fn_job_fail(array[1], array[1], array[null])::text'), 'DT403');
  perform test.equal(test.by(v_login, 'select dot.fn_job_release(array[1], array[1])::text'), 'DT403');
end
$$;

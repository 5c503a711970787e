do $$
declare
  c_args  constant jsonb := '{"gate": "iu.search.inline_bytes", "value": "4096"}';
  v_login text := test.login('admin', array['dot_admin', 'dot_reader']);
  v_runs  uuid[] := array[test.run_id(), test.run_id(), test.run_id()];
  v_run   uuid;
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('adm', 'human', v_login, '{dot_admin}');
  foreach v_run in array v_runs loop
    perform test.by(v_login, format('select dot.fn_command_begin(%L, %L, %L)', 'gate set', c_args, jsonb_build_object('run_id', v_run, 'mode', 'run')));
    perform test.equal((test.run(v_run)).state, 'started');
  end loop;
  -- A role that is lost, an actor that is disabled, a freeze: since the run began.
  execute format('revoke dot_admin from %I', v_login);
  perform test.equal(test.by(v_login, format('select dot.fn_command_perform(%L, %L, %L)', v_runs[1], '{}', c_args)), 'DT403');
  execute format('grant dot_admin to %I', v_login);
  update dot.dot_actor set status = 'disabled' where actor_id = 'adm';
  assert test.by(v_login, format('select dot.fn_command_perform(%L, %L, %L)', v_runs[2], '{}', c_args)) in ('DT403', 'DT409');
  update dot.dot_actor set status = 'active' where actor_id = 'adm';
  update dot.dot_config set value = 'true' where config_key = 'policy.freeze';
  perform test.equal(test.by(v_login, format('select dot.fn_command_perform(%L, %L, %L)', v_runs[3], '{}', c_args)), 'DT423');
  update dot.dot_config set value = 'false' where config_key = 'policy.freeze';
  perform test.equal((test.by(v_login, format('select dot.fn_command_perform(%L, %L, %L)', v_runs[3], '{}', c_args))::jsonb #>> '{data,value}'), '4096');
end
$$;

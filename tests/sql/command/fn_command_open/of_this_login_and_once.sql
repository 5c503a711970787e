create role r_other login in role dot_admin;
do $$
declare
  v_run uuid := dot.fn_uuid_v7();
  v_env jsonb := jsonb_build_object('run_id', v_run, 'mode', 'run');
begin
  perform dot.fn_command_begin('gate set', '{}', v_env);
  perform set_config('test.run', v_run::text, true);
end
$$;
set local session authorization r_other;
do $$
begin
  perform dot.fn_command_perform(current_setting('test.run')::uuid, '{}', '{}');
  raise 'another login carried it out';
exception when sqlstate 'DT409' then null;
end
$$;
reset session authorization;
select dot.fn_command_open(current_setting('test.run')::uuid, '{}');
select test.raises('DT409', format('select dot.fn_command_open(%L, %L)', current_setting('test.run'), '{}'));

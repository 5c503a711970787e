do $$
declare
  v_run uuid := dot.fn_uuid_v7();
begin
  perform dot.fn_command_begin('gate set', '{}', jsonb_build_object('run_id', v_run, 'mode', 'run'));
  perform test.raises('DT409', format('select dot.fn_command_close(%L, %L)', v_run, '{"data": 1}'));
  perform dot.fn_command_open(v_run, '{}');
  perform dot.fn_command_close(v_run, '{"data": {"a": 1}, "effects": {"tables": {}}, "warnings": ["w"]}');
  perform test.equal((test.run(v_run)).effects, '{"tables": {}, "warnings": ["w"]}'::jsonb);
end
$$;

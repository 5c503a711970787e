do $$
declare
  v_run uuid := dot.fn_uuid_v7();
  v_env jsonb := jsonb_build_object('run_id', v_run, 'mode', 'run');
begin
  perform dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}', v_env);
  perform test.raises('DT409', format('select dot.fn_command_perform(%L, %L, %L)', v_run, v_env, '{"gate": "test.clock", "value": "closed"}'), '%other arguments%');
  -- The same words in other places, another case, one more.
  perform test.raises('DT409', format('select dot.fn_command_perform(%L, %L, %L)', v_run, v_env, '{"gate": "open", "value": "test.clock"}'));
  perform test.raises('DT409', format('select dot.fn_command_perform(%L, %L, %L)', v_run, v_env, '{"gate": "TEST.CLOCK", "value": "open"}'));
  perform test.raises('DT409', format('select dot.fn_command_perform(%L, %L, %L)', v_run, v_env, '{"gate": "test.clock", "value": "open", "expect": "closed"}'));
  perform dot.fn_command_perform(v_run, v_env, '{"gate": "test.clock", "value": "open"}');
  assert (test.run(v_run)).state = 'succeeded' and (test.run(v_run)).outcome ->> 'gate' = 'test.clock', (test.run(v_run))::text;
  perform test.raises('DT409', format('select dot.fn_command_perform(%L, %L, %L)', v_run, v_env, '{"gate": "test.clock", "value": "open"}'), '%no longer going on%');
end
$$;

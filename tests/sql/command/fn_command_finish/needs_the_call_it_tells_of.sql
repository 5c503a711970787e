do $$
declare
  v_run uuid := dot.fn_uuid_v7();
  v_env jsonb := jsonb_build_object('run_id', v_run, 'mode', 'run');
begin
  perform dot.fn_command_begin('gate set', '{}', v_env);
  perform dot.fn_command_enter(v_run, v_env);
  begin
    perform dot.fn_command_finish(v_run, '{"forged": true}');
    assert false, 'it must raise';
  exception when sqlstate 'DT409' then
    null;
  end;
  perform dot.fn_gate_set('test.clock', 'open');
  perform dot.fn_command_finish(v_run, '{}');
  assert (select state from dot.dot_command_run where run_id = v_run) = 'succeeded', 'a run that called its function finishes';
end
$$;

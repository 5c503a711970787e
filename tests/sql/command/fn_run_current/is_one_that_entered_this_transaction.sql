do $$
declare
  v_run constant uuid := dot.fn_uuid_v7();
begin
  perform dot.fn_command_begin('gate set', '{}', jsonb_build_object('run_id', v_run, 'mode', 'run'));
  perform set_config('dot.run_id', v_run::text, true);
  perform test.equal(dot.fn_run_current(), null::uuid, 'begun, and not entered');
  perform dot.fn_command_open(v_run, jsonb_build_object('run_id', v_run, 'mode', 'run'));
  perform test.equal(dot.fn_run_current(), v_run, 'entered');
end
$$;

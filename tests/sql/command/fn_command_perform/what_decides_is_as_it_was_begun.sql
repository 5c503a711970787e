do $$
declare
  v_run uuid := dot.fn_uuid_v7();
begin
  perform dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}', jsonb_build_object('run_id', v_run, 'mode', 'dry_run'));
  -- A rehearsal that is called a run is still taken back.
  perform dot.fn_command_perform(v_run, '{"mode": "run"}', '{"gate": "test.clock", "value": "open"}');
  perform test.equal((select value::text from dot.dot_config where config_key = 'test.clock'), 'false', 'the setting');
  perform test.equal((test.run(v_run)).state, 'rehearsed');
end
$$;

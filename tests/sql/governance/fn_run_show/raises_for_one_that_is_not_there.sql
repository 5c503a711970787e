do $$
begin
  perform dot.fn_gate_set('test.clock', 'open');
  assert dot.fn_run_show((select run_id from dot.dot_command_run order by started_at desc limit 1)) @> '{"state": "succeeded"}';
  perform test.raises('DT404', format('select dot.fn_run_show(%L)', gen_random_uuid()));
end
$$;

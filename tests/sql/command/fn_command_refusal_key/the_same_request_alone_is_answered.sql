do $$
declare
  v_earlier dot.dot_command_run;
begin
  perform test.refused(dot.fn_command_refusal_key('gate set', 'a', v_earlier), 'try_again');
  v_earlier.run_id := dot.fn_uuid_v7();
  v_earlier.command_code := 'gate set';
  v_earlier.args_digest := 'a';
  v_earlier.state := 'started';
  assert dot.fn_command_refusal_key('gate set', 'a', v_earlier) @> '{"reason": "in_flight", "in_flight": true}';
  perform test.refused(dot.fn_command_refusal_key('gate set', 'b', v_earlier), 'idempotency_conflict');
  perform test.refused(dot.fn_command_refusal_key('queue set', 'a', v_earlier), 'idempotency_conflict');
  v_earlier.state := 'succeeded';
  assert dot.fn_command_refusal_key('gate set', 'a', v_earlier) is null;
end
$$;

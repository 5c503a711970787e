do $$
declare
  v_letters bigint[] := test.dead();
  v_request uuid := test.replay_request(v_letters);
begin
  perform dot.fn_gate_set('queue.dlq.replay_enabled', 'closed');
  perform test.refused(dot.fn_dlq_replay_apply(jsonb_build_object('request_id', v_request)), 'gate_closed');
  perform dot.fn_gate_set('queue.dlq.replay_enabled', 'open');
  assert dot.fn_dlq_replay_apply(jsonb_build_object('request_id', v_request)) @> '{"state": "done"}';
end
$$;

do $$
declare
  v_letters bigint[] := test.dead(3);
  v_request uuid := test.replay_request(v_letters);
begin
  assert dot.fn_dlq_replay_all(v_request) @> '{"state": "requested"}', 'it was not begun';
  perform dot.fn_dlq_replay_begin(v_request);
  assert dot.fn_dlq_replay_all(v_request) @> '{"state": "done", "replayed": 3}';
end
$$;

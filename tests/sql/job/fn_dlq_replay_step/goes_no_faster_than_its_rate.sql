do $$
declare
  v_letters bigint[] := test.dead(3);
  v_request uuid := test.replay_request(v_letters);
begin
  assert dot.fn_dlq_replay_step(v_request) @> '{"state": "requested", "replayed": 0}', 'nobody has set it running';
  update dot.dlq_replay set rate = 1 where request_id = v_request;
  perform dot.fn_dlq_replay_begin(v_request);
  assert dot.fn_dlq_replay_step(v_request) ? 'wait_seconds', 'nothing is due yet';
  update dot.dlq_replay set paced_at = clock_timestamp() - interval '1 hour' where request_id = v_request;
  assert dot.fn_dlq_replay_step(v_request) @> '{"replayed": 1}', 'what was not used is not made up for';
end
$$;

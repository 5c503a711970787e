do $$
declare
  v_letters bigint[] := test.dead(2);
  v_request uuid := test.replay_request(v_letters);
begin
  perform dot.fn_dlq_discard(array[v_letters[1]::text], 'old');
  perform dot.fn_dlq_replay(v_request);
  assert dot.fn_dlq_request_show(v_request) @> '{"state": "done", "replayed": 1, "kept": 1, "kept_because": {"not_open": 1}, "partial": true}', dot.fn_dlq_request_show(v_request)::text;
  perform test.equal(dot.fn_dlq_request_show(gen_random_uuid()), null::jsonb);
end
$$;

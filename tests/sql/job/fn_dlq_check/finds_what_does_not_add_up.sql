do $$
declare
  v_letters bigint[] := test.dead(2);
  v_request uuid := test.replay_request(v_letters);
begin
  perform dot.fn_dlq_replay(v_request);
  assert dot.fn_dlq_check(v_request) @> '{"ok": true, "problems": []}', dot.fn_dlq_check(v_request)::text;
  update dot.dlq_replay set replayed = 1 where request_id = v_request;
  assert dot.fn_dlq_check(v_request) @> '{"ok": false}';
  assert dot.fn_dlq_check(gen_random_uuid()) @> '{"ok": false}', 'an unknown one';
end
$$;

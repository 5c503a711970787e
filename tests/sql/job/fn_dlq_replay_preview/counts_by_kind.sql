do $$
declare
  v_letters bigint[] := test.dead(2);
  v_request uuid := test.replay_request(v_letters);
begin
  assert dot.fn_dlq_replay_preview(jsonb_build_object('request_id', v_request)) @> '{"state": "requested", "by_kind": {"system.noop_leased": 2}}';
end
$$;

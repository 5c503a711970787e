do $$
declare
  v_letters bigint[] := test.dead(2);
  v_request uuid := test.replay_request(v_letters);
  v_base    jsonb := dot.fn_dlq_replay_validate(jsonb_build_object('request_id', v_request)) -> 'base';
begin
  assert v_base @> '{"letters": 2, "open": 2}', v_base::text;
  perform dot.fn_dlq_discard(array[v_letters[1]::text], 'old');
  assert dot.fn_dlq_replay_validate(jsonb_build_object('request_id', v_request)) -> 'base' <> v_base, 'another state is another base';
  perform dot.fn_dlq_replay(v_request);
  perform test.refused(dot.fn_dlq_replay_validate(jsonb_build_object('request_id', v_request)), 'replay_done');
  perform test.raises('DT404', format($q$select dot.fn_dlq_replay_validate('{"request_id": "%s"}')$q$, gen_random_uuid()));
end
$$;

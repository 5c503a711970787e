do $$
declare
  v_letters bigint[] := test.dead();
  v_request uuid := test.replay_request(v_letters);
begin
  assert dot.fn_dlq_show(v_letters[1]::text) @> jsonb_build_object('letter', v_letters[1], 'state', 'open', 'requests', jsonb_build_array(jsonb_build_object('request', v_request)));
  assert dot.fn_dlq_show(v_request::text) @> '{"state": "requested", "letters": 1}';
  perform test.raises('DT404', $q$select dot.fn_dlq_show('0')$q$);
  perform test.raises('DT404', $q$select dot.fn_dlq_show('x'' or true')$q$);
end
$$;

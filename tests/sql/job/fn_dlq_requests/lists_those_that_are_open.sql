do $$
declare
  v_letters bigint[] := test.dead();
  v_request uuid := test.replay_request(v_letters);
begin
  perform test.equal((select array_agg(request) from dot.fn_dlq_requests()), array[v_request]);
  perform dot.fn_dlq_replay(v_request);
  assert not exists (select 1 from dot.fn_dlq_requests());
  perform test.equal((select array_agg(state) from dot.fn_dlq_requests(true)), '{done}'::text[]);
end
$$;

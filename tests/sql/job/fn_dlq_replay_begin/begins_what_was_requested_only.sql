do $$
declare
  v_letters bigint[] := test.dead();
  v_request uuid := test.replay_request(v_letters);
  v_started timestamptz;
begin
  perform dot.fn_dlq_replay_begin(v_request);
  select started_at into v_started from dot.dlq_replay where request_id = v_request and state = 'running';
  assert v_started is not null;
  perform dot.fn_dlq_replay_begin(v_request);
  perform test.equal((select started_at from dot.dlq_replay where request_id = v_request), v_started, 'once');
end
$$;

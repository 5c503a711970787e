do $$
declare
  v_letters bigint[] := test.dead(1);
begin
  assert dot.fn_job_dead_letter_replay(test.replay_request(v_letters)) @> '{"state": "done", "replayed": 1}';
  perform test.equal((select count(*) from dot.dlq_replay_request where job_dead_letter_id = any (v_letters) and item_state = 'replayed'), 1::bigint, 'and the view has its row');
end
$$;

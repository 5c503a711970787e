do $$
declare
  v_letters bigint[] := test.dead(2);
  v_request uuid := test.replay_request(v_letters);
begin
  assert dot.fn_dlq_replay(v_request) @> '{"state": "done", "replayed": 2}';
  perform test.equal((select count(*) from dot.job_queue where dead_letter_id = any (v_letters) and attempts = 0), 2::bigint);
  perform test.refused(dot.fn_dlq_replay(v_request), 'replay_done');
  perform test.raises('DT404', format('select dot.fn_dlq_replay(%L)', gen_random_uuid()));
  perform test.raises('DT400', format('select dot.fn_dlq_replay(%L, 0)', v_request));
end
$$;

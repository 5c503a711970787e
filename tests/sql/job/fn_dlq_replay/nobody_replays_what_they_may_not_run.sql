-- Dead letters of commands: who may not run them does not have them run again, where no approval is asked for.
do $$
declare
  v_person  constant text := test.login('ann', '{dot_operator}');
  v_letters bigint[] := test.dead(1);
  v_request uuid;
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('ann', 'human', v_person, '{dot_operator}');
  update dot.job_dead_letter set kind_id = (select kind_id from dot.job_kind_registry where job_kind = 'system.command'),
         payload = '{"command": "gate set", "args": {"gate": "test.clock", "value": "open"}, "$for": {"actor": "cleo", "kind": "human"}}';
  v_request := test.replay_request(v_letters);
  perform test.equal(test.by(v_person, format('select dot.fn_dlq_replay(%L) ->> ''reason''', v_request)), 'role_missing');
  perform test.equal((select count(*) from dot.job_queue where dead_letter_id = any (v_letters)), 0::bigint);
  update dot.job_dead_letter set payload = '{"command": "queue list", "args": {}, "$for": {"actor": "cleo", "kind": "human"}}';
  perform test.equal(test.by(v_person, format('select dot.fn_dlq_replay(%L) ->> ''replayed''', v_request)), '1');
end
$$;

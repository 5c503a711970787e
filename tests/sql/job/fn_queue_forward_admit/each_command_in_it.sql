-- Of what waits in this queue, the first that the session may not run refuses; what runs no command does not.
do $$
declare
  v_person constant text := test.login('ann', '{dot_operator}');
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('ann', 'human', v_person, '{dot_operator}');
  perform dot.fn_job_enqueue('system.noop', p_queue => 'bench'), dot.fn_job_enqueue('system.command', '{"command": "queue list"}', p_queue => 'bench');
  perform dot.fn_job_enqueue('system.command', '{"command": "gate set", "args": {"gate": "test.clock"}}', p_queue => 'system');
  perform test.equal(test.by(v_person, $q$select dot.fn_queue_set('bench', 3) ->> 'weight'$q$), '3');
  perform dot.fn_job_enqueue('system.command', '{"command": "gate set", "args": {"gate": "test.clock"}}', now() + interval '1 day', p_queue => 'bench');
  perform test.equal(test.by(v_person, $q$select dot.fn_queue_set('bench', p_rate_limit => 5) ->> 'reason'$q$), 'role_missing');
  perform test.equal(dot.fn_queue_forward_admit('bench'), null::jsonb, 'whoever may run it');
end
$$;

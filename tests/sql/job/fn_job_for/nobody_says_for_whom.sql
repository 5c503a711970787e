do $$
declare
  v_person constant text := test.login('p', '{dot_operator}');
  v_job    bigint;
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name) values ('ann', 'human', v_person);
  v_job := test.by(v_person, $q$select dot.fn_job_enqueue('system.command', '{"command": "gate list", "$for": {"actor": "bot", "kind": "agent", "principal": "bob"}}') ->> 'job'$q$);
  perform test.equal((select payload -> '$for' from dot.job_queue where job_id = v_job), '{"actor": "ann", "kind": "human"}'::jsonb);
  v_job := test.by(v_person, $q$select jobs[1] from set_config('dot.job_for', 'kept', true), dot.fn_job_enqueue_many('system.command', array['{"command": "gate list", "$for": {"actor": "bob"}}'::jsonb])$q$);
  perform test.equal((select payload -> '$for' from dot.job_queue where job_id = v_job), '{"actor": "ann", "kind": "human"}'::jsonb);
end
$$;

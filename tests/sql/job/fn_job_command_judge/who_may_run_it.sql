-- No command needs no right; a worker and what a program does on its own machine are no jobs; else the command's own judge.
do $$
declare
  v_person constant text := test.login('ann', '{dot_operator}');
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('ann', 'human', v_person, '{dot_operator}');
  perform test.equal(dot.fn_job_command_judge(null, null), null::jsonb);
  perform test.equal(dot.fn_job_command_judge('queue list', '{}'), null::jsonb);
  perform test.equal(dot.fn_job_command_judge(c, '{}') ->> 'reason', 'not_for_jobs', c) from unnest(array['worker run', 'audit verify', 'down']) c;
  perform test.equal(test.by(v_person, $q$select dot.fn_job_enqueue('system.command', '{"command": "gate set", "args": {}}') ->> 'reason'$q$), 'role_missing');
end
$$;

do $$
declare
  v_worker text := test.login('worker', array['dot_worker', 'dot_operator']);
  v_ann    text := test.login('ann', array['dot_operator']);
  v_job    record;
  v_lost   text;
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('ann', 'human', v_ann, '{dot_operator}');
  perform test.jobs(1, 'system.command');
  update dot.job_queue j set payload = j.payload || '{"$for": {"actor": "ann", "kind": "human"}}';
  select j.job_id as job, 7::bigint as token into v_job from dot.job_queue j limit 1;
  update dot.job_queue set lease_token = 7, holder = session_user::regrole, claimed_at = now();
  perform set_config('dot.for_job', v_job.job::text, true), set_config('dot.for_token', '7', true);
  perform test.equal(dot.fn_job_wanter_lost('{dot_operator}'), null::text);
  perform test.equal(dot.fn_job_wanter_lost('{dot_admin}'), 'ann');
  update dot.dot_actor set status = 'disabled' where actor_id = 'ann';
  perform test.equal(dot.fn_job_wanter_lost('{dot_operator}'), 'ann');
  perform test.refused(dot.fn_command_admit('queue pause', 'run'), 'wanter_lost_rights');
end
$$;

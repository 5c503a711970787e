do $$
declare
  v_ann text := test.actor('ann', 'human', '{dot_operator,dot_admin}');
  v_wim text := test.actor('wim', 'service', '{dot_worker}');
  v_job bigint;
begin
  grant execute on function dot.fn_job_schedule_tick(int) to public;
  perform test.by(v_ann, $q$select dot.fn_schedule_create('s', '* * * * *', 'system.command', p_payload => '{"command": "gate set", "args": {"gate": "test.clock", "value": "open"}}')$q$);
  update dot.job_schedule set next_at = date_trunc('minute', clock_timestamp()) where schedule_code = 's';
  perform test.equal(test.by(v_wim, 'select dot.fn_job_schedule_tick()'), '1');
  select job_id into v_job from dot.job_queue;
  perform test.equal((select payload #>> '{$for,actor}' from dot.job_queue where job_id = v_job), 'ann', 'hers');
  -- Asked for by the worker's login itself, it is not its to ask for.
  perform test.equal(test.by(v_wim, $q$select coalesce(dot.fn_job_enqueue('system.command', '{"command": "gate set"}') ->> 'reason', 'made')$q$), 'role_missing');
end
$$;

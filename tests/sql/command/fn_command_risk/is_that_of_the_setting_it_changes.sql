do $$
declare
  v_job constant jsonb := '{"kind": "system.command", "payload": {"command": "job cancel", "args": {"jobs": ["1"]}}}';
  v_put jsonb := v_job;
begin
  for n in 1 .. 3 loop
    perform test.equal(dot.fn_command_risk('job enqueue', v_put), 'high', n || ' times put off');
    v_put := jsonb_build_object('kind', 'system.command', 'payload', jsonb_build_object('command', 'schedule create', 'args', v_put));
  end loop;
  perform test.equal(dot.fn_command_risk('gate set', '{"gate": "iu.post_cut.autowire"}'), 'low');
  assert dot.fn_command_risk('dlq replay', '{}') = 'high' and dot.fn_command_risk('no such', '{}') is null;
  -- What a kind runs whatever its payload says.
  perform set_config('dot.birth', '{"source": "catalog"}', true);
  insert into dot.job_kind_registry (job_kind, executor_class, queue_code, retry_policy, summary, target)
  select 'test.cancels', executor_class, queue_code, retry_policy, 'x', '{"command": "job cancel"}' from dot.job_kind_registry where job_kind = 'system.command';
  perform test.equal(dot.fn_command_risk('job enqueue', '{"kind": "test.cancels", "payload": {"jobs": ["1"]}}'), 'high');
end
$$;

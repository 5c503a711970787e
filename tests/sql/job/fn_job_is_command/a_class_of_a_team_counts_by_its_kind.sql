do $$
begin
  assert not dot.fn_job_is_command('system.noop') and not dot.fn_job_is_command('no.kind') and not dot.fn_job_is_command(null);
  perform set_config('dot.birth', '{"source": "catalog"}', true);
  insert into dot.executor_class_registry (class_code, executor_kind, mutating, is_leased, heartbeat_caller_fn, description)
  values ('ours', 'command', true, true, 'fn_job_heartbeat', 'x');
  insert into dot.job_kind_registry (job_kind, executor_class, queue_code, retry_policy, summary) values ('ours.run', 'ours', 'bench', 'once', 'x');
  perform set_config('dot.birth', '', true);
  assert dot.fn_job_is_command('ours.run');
  perform dot.fn_job_enqueue('ours.run', '{"command": "gate list"}');
  assert (select j.payload ? '$for' from dot.job_queue j join dot.job_kind_registry k using (kind_id) where k.job_kind = 'ours.run'), 'whose it is is kept with it';
end
$$;

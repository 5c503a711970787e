do $$
begin
  perform test.equal(dot.fn_job_command_admit('system.noop', '{}'), null::jsonb, 'no command');
  perform test.equal(dot.fn_job_command_admit('system.command', '{"command": "queue pause", "args": {"queue": "bench"}}'), null::jsonb, 'an operator may');
  perform set_config('dot.actor_kind', 'agent', true);
  assert dot.fn_job_command_admit('system.command', '{"command": "dlq replay", "args": {}}') ->> 'refused' = 'true', 'an agent may not';
end
$$;

do $$
begin
  perform test.equal(dot.fn_job_command_admit('system.command', jsonb_build_object('command', c)) ->> 'reason', 'not_for_jobs')
     from unnest(array['audit prove', 'audit export', 'audit seal', 'audit verify', 'apply', 'migrate apply', 'run undo', 'event tail']) c;
  perform test.equal(dot.fn_job_command_admit('system.command', '{"command": "queue list"}'), null);
end
$$;

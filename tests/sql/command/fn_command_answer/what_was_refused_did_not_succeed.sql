do $$
declare
  v_case record;
begin
  for v_case in
    select * from (values
      ('gate set', $q$select dot.fn_gate_set('iu.search.inline_bytes', '2048', '77')$q$, 'moved'),
      ('schedule create', $q$select dot.fn_schedule_create('s', '* * * * *', 'system.command', p_payload => '{"command": "audit seal"}')$q$, 'not_for_jobs'),
      ('subscription create', $q$select dot.fn_subscription_create('one'), dot.fn_subscription_create('one')$q$, 'exists'),
      ('dlq approve', $q$select dot.fn_dlq_approve(test.replay_request(test.dead(1)))$q$, 'no_approval_needed')) c(command, sql, reason)
  loop
    execute v_case.sql;
    perform test.equal((select r.state || ' ' || (r.error ->> 'reason') from dot.dot_command_run r where r.command_code = v_case.command order by r.run_id desc limit 1),
      'refused ' || v_case.reason, v_case.command);
  end loop;
  perform test.equal((select string_agg(state, ' ' order by run_id) from dot.dot_command_run where command_code = 'subscription create'), 'succeeded refused', 'the first one was not');
  -- As was what a command did before in the same transaction.
  perform dot.fn_gate_set('iu.search.inline_bytes', '2048');
  perform dot.fn_gate_set('iu.search.inline_bytes', '4096', '77');
  perform test.equal((select string_agg(state, ' ' order by run_id desc) from (select * from dot.dot_command_run where command_code = 'gate set' order by run_id desc limit 2) r), 'refused succeeded');
end
$$;

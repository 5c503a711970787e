do $$
begin
  perform test.equal((select count(*) from dot.fn_problems_command()), 0::bigint);
  perform dot.fn_gate_set('queue.worker.enabled', 'open'), dot.fn_gate_set('queue.worker.enabled', 'closed');
  update dot.dot_config set value = 'true' where config_key = 'queue.worker.enabled';
  perform test.equal((select cure from dot.fn_problems_command() where signal = 'edited_setting'), 'dot gate set queue.worker.enabled closed --yes');
  assert (select since is not null from dot.fn_problems_command() where signal = 'edited_setting');
  perform dot.fn_gate_set('queue.worker.enabled', 'closed');
  perform test.equal((select count(*) from dot.fn_problems_command()), 0::bigint, 'the cure ends it');
  update dot.dot_command_catalog set pg_function = 'fn_gate_show' where command_code = 'gate list';
  perform test.equal((select cure from dot.fn_problems_command() where signal = 'edited_catalogue' and what like 'gate list%'), 'dot catalog sync --yes');
end
$$;

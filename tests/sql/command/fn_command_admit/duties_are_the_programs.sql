-- What lets a command of the program through changes nothing for one that only says so.
do $$
begin
  update dot.dot_config set value = 'true' where config_key = 'policy.freeze';
  perform test.refused(dot.fn_command_admit('queue pause', 'run'), 'frozen');
  perform test.equal(dot.fn_command_admit('breakglass open', 'run'), null::jsonb, 'it has the duty');
  update dot.dot_command_catalog set spec = spec || '{"duties": ["answer_emergency", "bootstrap"]}' where command_code = 'queue pause';
  perform test.equal(dot.fn_command_admit('queue pause', 'run', 'another digest'), null::jsonb, 'as a command of the program it would have');
  update dot.dot_command_catalog set source = 'directory' where command_code = 'queue pause';
  perform test.refused(dot.fn_command_admit('queue pause', 'run'), 'frozen');
  perform test.refused(dot.fn_command_admit('queue pause', 'run', 'another digest'), 'catalog_mismatch');
end
$$;

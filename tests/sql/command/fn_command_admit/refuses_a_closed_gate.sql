do $$
declare
  v jsonb;
begin
  update dot.dot_command_catalog set gate = 'test.clock' where command_code = 'gate list';
  v := dot.fn_command_admit('gate list', 'read');
  assert v ->> 'reason' = 'gate_closed' and v ->> 'gate' = 'test.clock' and v ->> 'hint' like 'dot gate set%', v::text;
  update dot.dot_config set value = 'true' where config_key = 'test.clock';
  assert dot.fn_command_admit('gate list', 'read') is null, 'an open gate admits';
end
$$;

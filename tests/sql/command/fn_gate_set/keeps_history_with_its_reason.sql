do $$
begin
  perform set_config('dot.reason', 'because', true);
  perform dot.fn_gate_set('audit.read_commands', 'closed');
  perform dot.fn_gate_set('audit.read_commands', 'closed');
  assert (select count(*) from dot.dot_config_history where config_key = 'audit.read_commands') = 1, 'an unchanged value is no change';
  assert (select (old_value, new_value, reason) = ('true'::jsonb, 'false'::jsonb, 'because') from dot.dot_config_history
    where config_key = 'audit.read_commands'), 'old, new and reason';
end
$$;

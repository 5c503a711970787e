do $$
declare
  v jsonb := dot.fn_gate_set('audit.read_commands', 'closed', 'closed');
begin
  assert v ->> 'refused' = 'true' and v ->> 'reason' = 'moved', v::text;
  assert dot.fn_gate_open('audit.read_commands'), 'nothing was changed';
end
$$;

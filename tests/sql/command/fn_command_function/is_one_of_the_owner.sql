do $$
begin
  perform test.equal(dot.fn_command_function('gate set')::text, 'dot.fn_gate_set(text,text,text)');
  assert dot.fn_command_function('doctor') is null and dot.fn_command_function('no such') is null, 'what is no function';
  create function dot.fn_gate_set() returns jsonb language sql as 'select ''{}''::jsonb';
  assert dot.fn_command_function('gate set') is null, 'nobody says which of two';
  drop function dot.fn_gate_set();
  alter function dot.fn_gate_set(text, text, text) owner to dot_reader;
  assert dot.fn_command_function('gate set') is null, 'nor someone else''s';
end
$$;

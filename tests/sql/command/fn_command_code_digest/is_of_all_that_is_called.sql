do $$
declare
  v_was text := dot.fn_command_code_digest('{fn_gate_set}');
  v_def text := pg_get_functiondef('dot.fn_gate_write(text, jsonb, text)'::regprocedure);
begin
  perform test.equal(dot.fn_command_code_digest('{fn_gate_set}'), v_was, 'again');
  execute replace(v_def, 'begin', 'begin -- changed');
  assert dot.fn_command_code_digest('{fn_gate_set}') <> v_was, 'what it calls has changed';
  execute v_def;
  perform test.equal(dot.fn_command_code_digest('{fn_gate_set}'), v_was, 'as it was');
  alter function dot.fn_gate_set(text, text, text) owner to dot_reader;
  assert dot.fn_command_code_digest('{fn_gate_set}') <> v_was, 'its owner has changed';
end
$$;

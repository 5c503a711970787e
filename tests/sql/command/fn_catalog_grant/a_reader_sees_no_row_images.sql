do $$
begin
  assert not has_function_privilege('dot_reader', 'dot.fn_command_rows_old(jsonb, int)', 'execute'), 'it shows any row of any table';
  assert not has_function_privilege('dot_worker', 'dot.fn_command_rows_new(int)', 'execute'), 'nor through a role that only reads';
  assert has_function_privilege('dot_operator', 'dot.fn_command_rows_old(jsonb, int)', 'execute'), 'who may change rows may see them change';
  assert has_function_privilege('dot_reader', 'dot.fn_command_enter_read(text, jsonb)', 'execute'), 'a reader reads through the pipeline';
end
$$;

do $$
begin
  perform test.raises('DT412', $q$select dot.fn_command_drift('{"rows_digest": "a", "tables": {}}', '{"rows_digest": "b", "tables": {}}', '[]')$q$, 'rows would get other values%');
  perform test.raises('DT412', $q$select dot.fn_command_drift('{"code_digest": "a"}', '{"code_digest": "b"}', '[]')$q$, 'the code has changed%');
  perform test.raises('DT412', $q$select dot.fn_command_drift('{"base_digest": "a"}', '{}', '[]')$q$, 'the data has moved%');
end
$$;

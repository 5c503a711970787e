do $$
declare
  v_spec jsonb := '{"args": [{"name": "a", "type": "text"}, {"name": "p", "type": "text", "secret": true}, {"name": "d", "type": "documents"}, {"name": "n", "type": "numeric"}]}';
  v      jsonb;
begin
  v := dot.fn_command_args_kept(v_spec, '{"a": "x", "p": "hidden", "other": 1, "n": 1.0}');
  perform test.equal(v::text, '{"a": "x", "n": 1.0, "p": "***"}');
  v := dot.fn_command_args_kept(v_spec, json_build_object('a', repeat('x', 20000)));
  perform test.equal(v -> 'a' ->> 'sha256', encode(sha256(convert_to('"' || repeat('x', 20000) || '"', 'UTF8')), 'hex'));
  v := dot.fn_command_args_kept(v_spec, '{"d": [{"path":"a.md","digest":"ab","bytes":3},{"path":"b.md","error":{"reason":"x"}}]}');
  perform test.equal(v -> 'd', jsonb_build_object('documents', 2, 'bytes', 3,
    'sha256', encode(sha256('["a.md","ab",null]["b.md",null,{"reason":"x"}]'), 'hex')));
  perform test.raises('DT400', $q$select dot.fn_command_args_kept('{}', '[]')$q$);
end
$$;

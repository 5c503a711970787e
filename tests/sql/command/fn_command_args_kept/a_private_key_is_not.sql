do $$
declare
  v_spec constant jsonb := '{"args": [{"name": "a", "type": "text"}, {"name": "b", "type": "file"}, {"name": "c", "type": "text"}]}';
begin
  perform test.equal(dot.fn_command_args_kept(v_spec, json_build_object('a', ' PRIVATE+KEY+x+1+2', 'b', E'-----BEGIN OPENSSH PRIVATE KEY-----\nx', 'c', 'PUBLIC KEY-----')),
    '{"a": "***", "b": "***", "c": "PUBLIC KEY-----"}'::jsonb);
end
$$;

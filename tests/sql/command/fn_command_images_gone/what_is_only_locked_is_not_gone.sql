do $$
declare
  v jsonb;
begin
  v := dot.fn_command_images_gone(jsonb_build_array(jsonb_build_object('relation', 'dot.dot_config', 'oid', 'dot.dot_config'::regclass::oid::bigint, 'key', '["config_key"]'::jsonb,
    'deleted', '[{"key": {"config_key": "test.clock"}, "row": 1}, {"key": {"config_key": "no.such"}, "row": 2}]'::jsonb)));
  perform test.equal(v, '[{"relation": "dot.dot_config", "rows": [{"key": {"config_key": "no.such"}, "row": 2}]}]'::jsonb);
end
$$;

do $$
begin
  perform test.equal(dot.fn_setting_derive('k', '{"value_type": "int", "default_value": 1}', '{"value_type": "int", "value": 7}'), '{"value": 7}'::jsonb);
  perform test.equal(dot.fn_setting_derive('k', '{"value_type": "int", "default_value": 1}', '{"value_type": "text", "value": "x"}'), '{"value": 1}'::jsonb);
  perform test.equal(dot.fn_setting_derive('k', '{"value_type": "int", "default_value": 1}', null), '{"value": 1}'::jsonb, 'new');
end
$$;

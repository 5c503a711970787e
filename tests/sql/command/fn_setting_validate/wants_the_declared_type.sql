do $$
begin
  perform test.equal(dot.fn_setting_validate('{"value_type": "bool", "value": true}'), null::text);
  perform test.equal(dot.fn_setting_validate('{"value_type": "int", "value": 3}'), null::text);
  assert dot.fn_setting_validate('{"value_type": "bool", "value": "true"}') is not null and dot.fn_setting_validate('{"value_type": "int", "value": "3"}') is not null;
  assert dot.fn_setting_validate('{"value_type": "int", "value": null}') is not null, 'nothing is no value';
end
$$;

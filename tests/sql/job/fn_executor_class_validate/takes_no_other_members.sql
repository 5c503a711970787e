do $$
begin
  assert dot.fn_executor_class_validate('{"class": "fax", "entry": {"executor_kind": "network", "mutating": true, "summary": "x"}}') ? 'refs';
  perform test.refused(dot.fn_executor_class_validate('{"class": "sql", "entry": {"executor_kind": "network", "mutating": true, "summary": "x"}}'), 'class_exists');
  perform test.raises('DT400', $q$select dot.fn_executor_class_validate('{"class": "Fax", "entry": {}}')$q$);
  perform test.raises('DT400', $q$select dot.fn_executor_class_validate('{"class": "fax", "entry": {"executor_kind": "database", "mutating": true, "summary": "x"}}')$q$);
  perform test.raises('DT400', $q$select dot.fn_executor_class_validate('{"class": "fax", "entry": {"executor_kind": "network", "mutating": true, "summary": "x", "status": "active"}}')$q$);
end
$$;

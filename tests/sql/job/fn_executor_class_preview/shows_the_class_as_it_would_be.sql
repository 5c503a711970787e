do $$
begin
  assert dot.fn_executor_class_preview('{"class": "fax", "entry": {"executor_kind": "person", "mutating": true, "summary": "x"}}') @> '{"executor_class": "fax", "is_leased": false}';
end
$$;

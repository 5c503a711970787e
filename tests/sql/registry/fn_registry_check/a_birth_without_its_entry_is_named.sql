do $$
begin
  assert dot.fn_registry_check() @> '{"ok": true, "problems": []}';
  delete from dot.dot_error where code = 'DT003';
  assert dot.fn_registry_check('errors') @> '{"ok": false, "problems": [{"key": "DT003", "problem": "it was born and is gone"}]}';
  assert dot.fn_registry_check('tags') @> '{"ok": true}';
end
$$;

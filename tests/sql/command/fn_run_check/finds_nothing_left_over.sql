do $$
begin
  assert dot.fn_run_check() @> '{"ok": true}';
end
$$;

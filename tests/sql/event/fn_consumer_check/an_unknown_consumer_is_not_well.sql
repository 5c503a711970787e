do $$
begin
  assert dot.fn_consumer_check() @> '{"ok": true, "failed": 0}';
end
$$;

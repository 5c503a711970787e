do $$
begin
  perform dot.fn_event_partitions_make();
  assert dot.fn_event_storage() @> '{"ok": true, "in_last": 0}' or dot.fn_event_storage() @> '{"ok": true}', dot.fn_event_storage()::text;
end
$$;

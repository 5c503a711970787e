do $$
begin
  assert dot.fn_event_type_check() @> '{"ok": true, "problems": []}', dot.fn_event_type_check()::text;
  assert dot.fn_event_type_check('no.such.type') @> '{"ok": false}';
  set local session_replication_role = replica;
  alter table dot.event_type_registry disable trigger all;
  update dot.event_type_registry set fingerprint = 'x' where event_type = 'iu.cut.completed';
  assert dot.fn_event_type_check('iu.cut.completed') @> '{"ok": false}';
end
$$;

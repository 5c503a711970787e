do $$
begin
  assert dot.fn_event_type_judge('iu.new.type', '1.0.0', '{}', 'forward') @> '{"ok": true, "first": true}';
  assert dot.fn_event_type_judge('system.queue_worker.silent', '1.0.0', '{}', 'forward') @> '{"ok": false, "reason": "version_not_newer"}';
  assert dot.fn_event_type_judge('system.queue_worker.silent', '1.0.1', '{"type": "integer"}', 'forward') @> '{"ok": false}', 'a break is no patch';
end
$$;

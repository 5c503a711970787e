do $$
begin
  assert dot.fn_event_type_validate('{"event_type": "a.b.c", "aliases": ["x/y"]}') is null;
  assert dot.fn_event_type_validate('{"event_type": "a.b.c", "aliases": null}') is null;
  assert dot.fn_event_type_validate('{"event_type": "a.b.c", "aliases": ["system/queue_worker_silent"]}') like '%another event type%', 'taken';
  assert dot.fn_event_type_validate('{"event_type": "system.queue_worker.silent", "aliases": ["system/queue_worker_silent"]}') is null, 'its own';
  assert dot.fn_event_type_validate('{"event_type": "a.b.c", "aliases": ["iu.cut.completed"]}') like '%is an event type', 'a type''s name';
  assert dot.fn_event_type_validate('{"event_type": "a.b.c", "aliases": ["x", "No Alias"]}') like '%is no alias%', 'no name';
  assert dot.fn_event_type_validate('{"event_type": "system/queue_worker_silent", "aliases": []}') like '%is an alias of another event type', 'its own name';
end
$$;

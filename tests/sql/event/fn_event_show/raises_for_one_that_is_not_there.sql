do $$
declare
  v_event bigint := test.emit();
begin
  assert dot.fn_event_show(v_event) @> jsonb_build_object('event', v_event, 'type', 'system.queue_worker.silent'), dot.fn_event_show(v_event)::text;
  perform test.raises('DT404', 'select dot.fn_event_show(0)');
end
$$;

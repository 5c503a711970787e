do $$
declare
  v_event dot.event_outbox;
  v_id    bigint;
begin
  perform set_config('dot.trace_id', '0af7651916cd43dd8448eb211c80319c', true), set_config('dot.span_id', 'b7ad6b7169203331', true),
          set_config('dot.correlation_id', 'c-1', true), set_config('dot.actor', 'ann', true), set_config('dot.actor_kind', 'agent', true);
  perform set_config('dot.birth', '{"source": "command"}', true);
  insert into dot.event_type_registry (entry_key, event_type, schema_version, domain_code, schema_jsonb, owner_role, owner, producer_class_allowed, summary, fingerprint)
  values ('iu.test.done@1.0.0', 'iu.test.done', '1.0.0', 'iu', 'true', 'dot_operator', 'test', '{agent}', 'x', 'x');
  v_id := (dot.fn_event_emit_many('{iu.test.done}', array['{}']::jsonb[], array['s'], array['k']))[1];
  select * into v_event from dot.event_outbox where event_id = v_id;
  assert (v_event.trace_id, v_event.span_id, v_event.correlation_id, v_event.producer, v_event.producer_class, v_event.subject, v_event.key, v_event.schema_version)
    = ('0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', 'c-1', 'ann', 'agent', 's', 'k', '1.0.0'), v_event::text;
  v_id := dot.fn_event_emit('iu.test.done', '{}', 's', 'k');
  select * into v_event from dot.event_outbox where event_id = v_id;
  assert (v_event.trace_id, v_event.producer, v_event.producer_class, v_event.origin) = ('0af7651916cd43dd8448eb211c80319c', 'ann', 'agent', dot.fn_event_origin()), v_event::text;
end
$$;

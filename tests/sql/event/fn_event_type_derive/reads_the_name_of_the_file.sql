do $$
begin
  assert dot.fn_event_type_derive('iu.note.added@1.2.3', '{"schema_jsonb": {}}', null) @> '{"event_type": "iu.note.added", "schema_version": "1.2.3", "domain_code": "iu"}';
end
$$;

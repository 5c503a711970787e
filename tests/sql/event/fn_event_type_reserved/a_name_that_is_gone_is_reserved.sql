do $$
declare
  v_reserved jsonb := dot.fn_event_type_reserved('{}', '{"properties": {"a": {"type": "string"}, "b": true}}', '{"properties": {"b": true}}');
begin
  assert (select bool_or(r.value ? 'a') and not bool_or(r.value ? 'b') from jsonb_each(v_reserved) r), v_reserved::text;
end
$$;

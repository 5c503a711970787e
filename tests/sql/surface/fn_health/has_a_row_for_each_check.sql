do $$
begin
  assert dot.fn_health() @> '{"ok": true}', dot.fn_health()::text;
  assert (select bool_and(c ->> 'state' in ('green', 'yellow', 'red', 'unknown')) and count(*) > 20 from jsonb_array_elements(dot.fn_health() -> 'checks') c);
end
$$;

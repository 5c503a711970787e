do $$
declare
  v_done   jsonb;
  v_before text;
begin
  select string_agg(c::text, '|' order by config_key) into v_before from dot.dot_config c;
  v_done := dot.fn_phase_verify('0');
  assert v_done ->> 'ok' = 'true', (select string_agg(c ->> 'promise', ', ') from jsonb_array_elements(v_done -> 'checks') c where c ->> 'kept' = 'false');
  assert not exists (select 1 from dot.iu_document) and not exists (select 1 from dot.event_outbox) and not exists (select 1 from dot.review_decision), 'nothing is left';
  assert v_before = (select string_agg(c::text, '|' order by config_key) from dot.dot_config c), 'and no gate was moved';
end
$$;

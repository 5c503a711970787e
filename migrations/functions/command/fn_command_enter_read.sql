create or replace function dot.fn_command_enter_read(p_command text, p_envelope jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  -- A read writes no row that could carry more.
  perform dot.fn_envelope_set(p_envelope - array['run_id', 'trace_id', 'span_id', 'correlation_id', 'reason', 'mode']);
  return dot.fn_command_admit(p_command, 'read', p_envelope ->> 'spec_digest');
end
$$;
comment on function dot.fn_command_enter_read(text, jsonb) is
  'Opens the READ ONLY transaction of a read: sets who acts and asks fn_command_admit. Null admits; else a refusal object.';

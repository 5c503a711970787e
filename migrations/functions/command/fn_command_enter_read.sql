create or replace function dot.fn_command_enter_read(p_command text, p_envelope jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform dot.fn_envelope_set(p_envelope);
  return dot.fn_command_admit(p_command, 'read', p_envelope ->> 'spec_digest');
end
$$;
comment on function dot.fn_command_enter_read(text, jsonb) is
  'Opens the READ ONLY transaction of a read: sets the envelope and asks fn_command_admit. Null admits; else a refusal object.';

create or replace function dot.fn_command_refusal(
  p_code text, p_reason text, p_message text, p_hint text default null, p_facts jsonb default '{}')
returns jsonb
language sql immutable set search_path = dot, pg_temp
as $$
  select jsonb_build_object('refused', true, 'code', p_code, 'reason', p_reason, 'message', p_message, 'hint', p_hint) || p_facts
$$;
comment on function dot.fn_command_refusal(text, text, text, text, jsonb) is
  'The object that every refusal is: {refused: true, code, reason, message, hint, …facts}. Returned as data, never raised.';

create or replace function dot.fn_command_call_digest(p_before text, p_args jsonb) returns text
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
begin
  -- In PL/pgSQL, for one in SQL would be planned anew at every call.
  return encode(sha256(convert_to(coalesce(p_before, '') || p_args::text, 'UTF8')), 'hex');
end
$$;
comment on function dot.fn_command_call_digest(text, jsonb) is
  'The digest (sha-256, hex) of the calls of a run: that of those before, null at first, and the arguments of one more.';

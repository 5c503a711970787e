create or replace function dot.fn_command_refusal_key(p_command text, p_args_digest text, p_earlier dot.dot_command_run) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if p_earlier.run_id is null then
    -- The holder failed between our insert and our look: the caller tries again.
    return dot.fn_command_refusal('DT503', 'try_again', 'the earlier run under this key has just ended', null, jsonb_build_object('in_flight', true));
  end if;
  if p_earlier.command_code <> p_command or p_earlier.args_digest <> p_args_digest then
    return dot.fn_command_refusal('DT409', 'idempotency_conflict',
      format('idempotency key %s was used for %s with other arguments', p_earlier.idempotency_key, p_earlier.command_code),
      'Use a new key for a new request', jsonb_build_object('run_id', p_earlier.run_id));
  end if;
  if p_earlier.state = 'started' then
    return dot.fn_command_refusal('DT202', 'in_flight', format('run %s under this key is still going on', p_earlier.run_id),
      format('dot run watch %s', p_earlier.run_id), jsonb_build_object('in_flight', true, 'run_id', p_earlier.run_id));
  end if;
  return null;
end
$$;
comment on function dot.fn_command_refusal_key(text, text, dot.dot_command_run) is
  'Why a request is not answered by the earlier run under its key: it was another request, is still going on (with in_flight: this is no run of its own), or has just failed. Null: its outcome is the answer.';

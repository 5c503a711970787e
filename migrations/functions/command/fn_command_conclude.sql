create or replace function dot.fn_command_conclude(
  p_run_id uuid, p_state text, p_outcome jsonb default null, p_error jsonb default null, p_effects jsonb default null)
returns boolean
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if p_state not in ('rehearsed', 'refused', 'failed', 'cancelled') then
    raise exception using errcode = 'DT400', message = format('a run cannot be concluded as %s', p_state),
      hint = 'Only fn_command_finish makes a run succeeded, in the transaction of its effect.';
  end if;
  update dot.dot_command_run
     set state = p_state, finished_at = clock_timestamp(), outcome = p_outcome, error = p_error, effects = nullif(coalesce(effects - 'call_digest', '{}') || coalesce(p_effects, '{}'), '{}')
   where run_id = p_run_id and state = 'started' and login = session_user
     and (p_state <> 'rehearsed' or mode = 'dry_run')
     -- Within the transaction of its effect, nothing makes it one that left none.
     and entered_xid is distinct from pg_current_xact_id();
  return found;
end
$$;
comment on function dot.fn_command_conclude(uuid, text, jsonb, jsonb, jsonb) is
  'Gives a started run that left no effect its outcome: rehearsed, refused, failed or cancelled. False when it is no longer started, and within the transaction of its effect. DT400 for any other state.';

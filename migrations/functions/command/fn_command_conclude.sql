create or replace function dot.fn_command_conclude(
  p_run_id uuid, p_state text, p_outcome jsonb default null, p_error jsonb default null, p_effects jsonb default null)
returns boolean
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if p_state not in ('rehearsed', 'refused', 'failed', 'cancelled') then
    raise exception using errcode = 'DT400', message = format('a run cannot be concluded as %s', p_state),
      hint = 'A run is made succeeded in the transaction of its effect only.';
  end if;
  update dot.dot_command_run r
     set state = p_state, finished_at = clock_timestamp(), error = dot.fn_command_kept(p_error),
         outcome = case when p_state = 'rehearsed' then p_outcome end,
         effects = nullif(coalesce(r.effects, '{}') || case when p_state = 'rehearsed' then coalesce(p_effects, '{}') || '{"claimed": true}' else '{}' end, '{}')
   where r.run_id = p_run_id and r.state = 'started' and r.login = session_user
     -- Behind a gateway the run is of who began it.
     and dot.fn_session_own(r.actor)
     and (p_state <> 'rehearsed' or r.mode = 'dry_run' and dot.fn_command_function(r.command_code) is null)
     -- Within the transaction of its effect, nothing makes it one that left none.
     and r.entered_xid is distinct from pg_current_xact_id();
  return found;
end
$$;
comment on function dot.fn_command_conclude(uuid, text, jsonb, jsonb, jsonb) is
  'Gives a started run that left no effect its end: refused, failed or cancelled, with p_error; or rehearsed, with the caller''s word for outcome and effects (claimed), where the rehearsal was none of fn_command_perform. False when it is no longer started, and within the transaction of its effect. DT400 for any other state.';

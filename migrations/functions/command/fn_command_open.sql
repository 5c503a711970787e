create or replace function dot.fn_command_open(p_run_id uuid, p_envelope jsonb) returns dot.dot_command_run
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run      dot.dot_command_run;
  v_proposal uuid := dot.fn_command_run_proposal(p_run_id);
  v_actor    record;
  v_refusal  jsonb;
begin
  perform dot.fn_command_fresh();
  update dot.dot_command_run
     set entered_xid = pg_current_xact_id(), attempts = coalesce((p_envelope ->> 'attempt')::int, 1), backend_pid = pg_backend_pid()
   where run_id = p_run_id and state = 'started' and login = session_user and entered_xid is distinct from pg_current_xact_id()
  returning * into v_run;
  if not found then
    raise exception using errcode = 'DT409', message = format('run %s is no longer going on', p_run_id),
      hint = 'It was marked abandoned or cancelled meanwhile; start it again.';
  end if;
  perform dot.fn_envelope_set(p_envelope || jsonb_build_object('run_id', v_run.run_id, 'mode', v_run.mode));
  -- Who began it carries it out, and nobody else in their name.
  v_actor := dot.fn_actor_current();
  if (v_actor.actor_id, v_actor.actor_kind, v_actor.principal, v_actor.verified) is distinct from (v_run.actor, v_run.actor_kind, v_run.principal, v_run.actor_verified) then
    raise exception using errcode = 'DT409', message = format('run %s was begun by %s, not by %s', p_run_id, v_run.actor, v_actor.actor_id), hint = 'Begin another run.';
  end if;
  -- Rights, gates and freezes are as they are now, not as they were when it began.
  v_refusal := dot.fn_command_admit(v_run.command_code, v_run.mode, p_proposal => v_proposal);
  if v_refusal is not null then
    raise exception using errcode = v_refusal ->> 'code', message = v_refusal ->> 'message', detail = v_refusal::text, hint = coalesce(v_refusal ->> 'hint', '');
  end if;
  -- It was warned of when it began.
  perform set_config('dot.warnings', '', true) where current_setting('dot.warnings', true) <> '';
  if v_proposal is not null then
    -- Approvals are judged here: in the transaction of the effect, before it.
    perform dot.fn_command_hook_run('carried_enters', v_proposal, jsonb_build_object('run_id', p_run_id));
  end if;
  return v_run;
end
$$;
comment on function dot.fn_command_open(uuid, jsonb) is
  'Enters a begun run of this login: locks its row, so that it cannot be reaped, sets the envelope, asks again whether the session may run this now (fn_command_admit; a refusal is raised), and has the proposal judged that it carries (hook carried_enters). The transaction cannot commit before the run is finished. DT409 when it is not going on, and for another actor than began it.';

create or replace function dot.fn_command_record_read(
  p_command text, p_args jsonb, p_envelope jsonb, p_state text, p_error jsonb, p_started_at timestamptz)
returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run      constant uuid := (p_envelope ->> 'run_id')::uuid;
  v_verifies boolean;
  v_actor    record;
begin
  -- Nobody says of a change that it was read, nor of what is no command. Not by fn_gate_open, which every session would have to plan first.
  select coalesce(k.spec -> 'duties' ? 'verify_audit', false) into v_verifies
    from dot.dot_config c join dot.dot_command_catalog k on k.command_code = p_command and not k.mutating
   where c.config_key = 'audit.read_commands' and c.value = 'true';
  if not found then
    return;
  end if;
  perform dot.fn_envelope_bounded(p_envelope);
  if v_run is null or p_state is null or p_state not in ('succeeded', 'failed', 'refused', 'cancelled') then
    raise exception using errcode = 'DT400', message = 'a read needs a run_id and one of the states succeeded, failed, refused, cancelled';
  end if;
  -- It may have gone on for weeks, as one that follows events; no read is older than the server.
  perform dot.fn_run_id_check(v_run, pg_postmaster_start_time());
  -- A read has no effect that must not outlive its row, so it need not wait for the disk.
  perform set_config('synchronous_commit', 'off', true);
  perform dot.fn_envelope_set(p_envelope - array['run_id', 'trace_id', 'span_id', 'correlation_id', 'reason', 'mode']);
  v_actor := dot.fn_actor_current();
  insert into dot.dot_command_run (
    run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, principal, client, reason,
    trace_id, span_id, correlation_id, started_at, finished_at, outcome, error)
  values (
    v_run, p_command, 'read', p_state,
    -- Its digest is of the whole.
    dot.fn_command_kept(p_args), encode(sha256(convert_to(p_args::text, 'UTF8')), 'hex'),
    v_actor.actor_id, v_actor.actor_kind, v_actor.verified, v_actor.principal, coalesce(p_envelope -> 'client', '{}'),
    p_envelope ->> 'reason', p_envelope ->> 'trace_id', p_envelope ->> 'span_id', p_envelope ->> 'correlation_id',
    -- The clock of the client is not ours.
    least(clock_timestamp(), greatest(p_started_at, pg_postmaster_start_time())),
    clock_timestamp(),
    -- Anybody may verify the audit for themselves. Whose verdict counts for everybody is judged now: roles come and go.
    case when v_verifies then jsonb_build_object('for_everybody', dot.fn_role_held(session_user, 'dot_admin') or dot.fn_owner_trusted(to_regrole(quote_ident(session_user)))) end,
    dot.fn_command_kept(p_error));
end
$$;
comment on function dot.fn_command_record_read(text, jsonb, jsonb, text, jsonb, timestamptz) is
  'Keeps the row of a read after it, while gate audit.read_commands is open; none for what is a change or no command. Arguments and an error of more than 64 KiB are kept by their size, arguments by their digest too, and no read began before the server. One that verifies the audit keeps outcome {for_everybody: whether its login has dot_admin or the owner''s rights}. DT400 for an id that was made before it, or is yet to be made, and for another state than succeeded, failed, refused or cancelled.';

create or replace function dot.fn_command_enter(p_run_id uuid, p_envelope jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  update dot.dot_command_run
     set entered_xid = pg_current_xact_id(), attempts = coalesce((p_envelope ->> 'attempt')::int, 1), backend_pid = pg_backend_pid()
   where run_id = p_run_id and state = 'started' and login = session_user;
  if not found then
    raise exception using errcode = 'DT409', message = format('run %s is no longer going on', p_run_id),
      hint = 'It was marked abandoned or cancelled meanwhile; start it again.';
  end if;
  perform dot.fn_envelope_set(p_envelope);
  perform set_config('dot.effects_baseline', dot.fn_command_counters(p_envelope ->> 'mode' = 'dry_run')::text, true);
end
$$;
comment on function dot.fn_command_enter(uuid, jsonb) is
  'Opens the effect transaction of a begun run: locks its row, so that it cannot be reaped, sets the envelope and notes the counters from which effects are measured. The transaction cannot commit before fn_command_finish. DT409 when the run is no longer started.';

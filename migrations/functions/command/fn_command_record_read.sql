create or replace function dot.fn_command_record_read(
  p_command text, p_args jsonb, p_envelope jsonb, p_state text, p_error jsonb, p_started_at timestamptz)
returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_actor record;
begin
  -- Not by fn_gate_open, which every session would have to plan first.
  if not exists (select 1 from dot.dot_config c where c.config_key = 'audit.read_commands' and c.value = 'true'
      -- Nobody says of a change that it was read.
      and (p_state <> 'succeeded' or not exists (select 1 from dot.dot_command_catalog k where k.command_code = p_command and k.mutating))) then
    return;
  end if;
  -- A read has no effect that must not outlive its row, so it need not wait for the disk.
  perform set_config('synchronous_commit', 'off', true);
  perform dot.fn_envelope_set(p_envelope - array['run_id', 'trace_id', 'span_id', 'correlation_id', 'reason', 'mode']);
  v_actor := dot.fn_actor_current();
  insert into dot.dot_command_run (
    run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, principal, client, reason,
    trace_id, span_id, correlation_id, started_at, finished_at, error)
  values (
    (p_envelope ->> 'run_id')::uuid, p_command, 'read', p_state, p_args, encode(sha256(convert_to(p_args::text, 'UTF8')), 'hex'),
    v_actor.actor_id, v_actor.actor_kind, v_actor.verified, v_actor.principal, coalesce(p_envelope -> 'client', '{}'),
    p_envelope ->> 'reason', p_envelope ->> 'trace_id', p_envelope ->> 'span_id', p_envelope ->> 'correlation_id',
    -- No read began before its connection, nor ends before it began.
    least(clock_timestamp(), greatest(p_started_at, (select a.backend_start from pg_stat_get_activity(pg_backend_pid()) a))),
    clock_timestamp(), p_error);
end
$$;
comment on function dot.fn_command_record_read(text, jsonb, jsonb, text, jsonb, timestamptz) is
  'Keeps the row of a read after it, while gate audit.read_commands is open.';

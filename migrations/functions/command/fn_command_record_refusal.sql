create or replace function dot.fn_command_record_refusal(p_command text, p_args jsonb, p_envelope jsonb, p_refusal jsonb)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_actor record := dot.fn_actor_current();
begin
  insert into dot.dot_command_run (
    run_id, command_code, mode, state, risk, args, args_digest, actor, actor_kind, actor_verified, principal, client, reason,
    trace_id, span_id, correlation_id, idempotency_key, plan_digest, finished_at, error)
  values (
    (p_envelope ->> 'run_id')::uuid, p_command, p_envelope ->> 'mode', 'refused',
    dot.fn_command_risk(p_command, p_args),
    dot.fn_command_kept(p_args), encode(sha256(convert_to(p_args::text, 'UTF8')), 'hex'),
    v_actor.actor_id, v_actor.actor_kind, v_actor.verified, v_actor.principal,
    coalesce(p_envelope -> 'client', '{}'), p_envelope ->> 'reason',
    p_envelope ->> 'trace_id', p_envelope ->> 'span_id', p_envelope ->> 'correlation_id',
    p_envelope ->> 'idempotency_key', p_envelope ->> 'plan_digest', clock_timestamp(), p_refusal);
  return p_refusal;
end
$$;
comment on function dot.fn_command_record_refusal(text, jsonb, jsonb, jsonb) is
  'Keeps a refused run with its refusal object, and returns that object. Arguments of more than 64 KiB are kept by their size and digest.';

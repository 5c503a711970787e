create or replace function dot.fn_dlq_gates() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce(dot.fn_job_gate('queue.dlq.replay_enabled'), dot.fn_job_gate('queue.job_substrate.enabled'))
$$;
comment on function dot.fn_dlq_gates() is 'Whether dead letters may be replayed now: null, or the refusal of a closed gate.';

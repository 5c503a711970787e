create or replace function dot.fn_job_of_commands()
returns table (object text, job_id bigint, letter bigint, job_kind text, payload jsonb, run_id uuid, replay_of bigint, enqueued_at timestamptz, died_at timestamptz, outcome "char")
language sql stable security definer set search_path = dot, pg_temp set jit = off
as $$
  with commands as materialized (
    select k.kind_id, k.job_kind from dot.job_kind_registry k join dot.executor_class_registry e on e.class_code = k.executor_class where e.executor_kind = 'command'
  )
  select 'job ' || j.job_id, j.job_id, null::bigint, c.job_kind, j.payload, j.run_id, j.dead_letter_id, j.enqueued_at, null::timestamptz, null::"char"
    from commands c join dot.job_queue j using (kind_id)
  union all
  select 'job ' || h.job_id, h.job_id, null, c.job_kind, h.payload, h.run_id, h.dead_letter_id, h.enqueued_at, null, h.outcome
    from commands c join dot.job_history h using (kind_id)
  union all
  select 'dead letter ' || l.dead_letter_id, l.job_id, l.dead_letter_id, c.job_kind, l.payload, null, l.replay_of, null, l.died_at, null
    from commands c join dot.job_dead_letter l using (kind_id)
$$;
comment on function dot.fn_job_of_commands() is
  'For the functions that look for edited jobs: every job that runs a command, waiting (outcome null), ended (as long as the history has it; s, x or c) or dead (letter is its number), with what it runs, the run that asked for it, and the dead letter that it replays. enqueued_at is null of dead letters, died_at of jobs.';

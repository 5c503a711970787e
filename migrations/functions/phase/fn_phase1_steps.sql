create or replace function dot.fn_phase1_steps()
returns table (step int, gate text, turns_on text)
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  values (1, 'queue.job_substrate.enabled', 'jobs can be enqueued'),
         (2, 'queue.worker.enabled', 'workers are given jobs'),
         (3, 'queue.notify.enabled', 'idle workers are woken'),
         (4, 'queue.dlq.replay_enabled', 'dead letters can be replayed'),
         (5, 'queue.lease_reaper.enabled', 'jobs of dead workers are rescued')
$$;
comment on function dot.fn_phase1_steps() is 'The gates of Phase 1 in the order in which they are opened, each with what it turns on.';

create or replace function dot.fn_queue_waiting(p_queue text) returns table (job_kind text, payload jsonb)
language sql stable security definer set search_path = dot, pg_temp
as $$
  -- Of many alike, one.
  select distinct k.job_kind, case when k.target ? 'command' then j.payload else jsonb_build_object('command', j.payload -> 'command', 'args', j.payload -> 'args') end
    from dot.job_queue j join dot.job_kind_registry k using (kind_id) join dot.queue_registry q using (queue_id)
   where q.queue_code = p_queue and j.state in ('r', 'd') and dot.fn_job_is_command(k.job_kind)
  union
  -- Its last job may end a batch.
  select b.on_complete ->> 'kind', b.on_complete -> 'payload'
    from dot.job_batch b
   where b.completed_at is null and b.is_sealed and b.on_complete is not null
     and exists (
       select 1 from dot.job_queue j join dot.queue_registry q using (queue_id)
        where j.batch_id = b.batch_id and j.batch_id is not null and q.queue_code = p_queue and j.state in ('r', 'd'))
$$;
comment on function dot.fn_queue_waiting(text) is
  'What comes of a queue once its jobs are taken: the commands that wait in it, and what the ends of sealed batches set off of which a job waits in it. Each kind and payload once.';

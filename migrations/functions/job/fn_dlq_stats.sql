create or replace function dot.fn_dlq_stats()
returns table (queue text, kind text, failure_class text, open bigint, replayed bigint, discarded bigint, again bigint, oldest_open timestamptz)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select q.queue_code, k.job_kind, l.failure_class, count(*) filter (where l.state = 'open'), count(*) filter (where l.state = 'replayed'),
         count(*) filter (where l.state = 'discarded'), count(l.replay_of), min(l.died_at) filter (where l.state = 'open')
    from dot.job_dead_letter l join dot.queue_registry q using (queue_id) join dot.job_kind_registry k using (kind_id)
   group by 1, 2, 3 order by 4 desc, 1, 2, 3
$$;
comment on function dot.fn_dlq_stats() is 'Dead letters by queue, kind and failure class: how many are open, replayed and discarded, how many died again after a replay, and when the oldest open one died.';

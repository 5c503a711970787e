create or replace function dot.fn_dlq_list(
  p_state text default 'open', p_kind text default null, p_queue text default null, p_failure_class text default null,
  p_since timestamptz default null, p_until timestamptz default null, p_after text default null, p_limit int default 100)
returns table (letter bigint, job bigint, kind text, queue text, attempts smallint, failure_class text, reason text, state text, died_at timestamptz, replay_of bigint, replay_job bigint, message text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select l.dead_letter_id, l.job_id, k.job_kind, q.queue_code, l.attempts, l.failure_class, l.reason, l.state, l.died_at, l.replay_of, l.replay_job_id,
         coalesce(l.error ->> 'message', l.error::text)
    from dot.job_dead_letter l join dot.queue_registry q using (queue_id) join dot.job_kind_registry k using (kind_id)
   where (p_state = 'all' or l.state = p_state) and (p_kind is null or k.job_kind = p_kind) and (p_queue is null or q.queue_code = p_queue)
     and (p_failure_class is null or l.failure_class = p_failure_class)
     and (p_since is null or l.died_at >= p_since) and (p_until is null or l.died_at < p_until)
     and (p_after is null or l.dead_letter_id < p_after::bigint)
   order by l.dead_letter_id desc
   limit p_limit
$$;
comment on function dot.fn_dlq_list(text, text, text, text, timestamptz, timestamptz, text, int) is
  'Dead letters, newest first: open ones, or replayed, discarded, all. p_after is the last one of the page before.';

create or replace function dot.fn_dlq_check(p_request uuid default null) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  with item as (
    select i.*, l.state as letter_state, l.replay_job_id from dot.dlq_replay_item i join dot.job_dead_letter l using (dead_letter_id)
     where p_request is null or i.request_id = p_request
  ), problem(text) as (
    select format('there is no replay request %s', p_request) where p_request is not null and not exists (select 1 from dot.dlq_replay r where r.request_id = p_request)
    union all
    select format('%s replayed items whose dead letter does not name their job', count(*)) from item where state = 'replayed' and (letter_state <> 'replayed' or replay_job_id <> job_id)
    having count(*) > 0
    union all
    select format('%s replayed items whose job is neither live nor in the history', count(*)) from item i
     where i.state = 'replayed' and not exists (select 1 from dot.job_queue q where q.job_id = i.job_id) and not exists (select 1 from dot.job_history h where h.job_id = i.job_id)
       and i.settled_at > clock_timestamp() - make_interval(days => dot.fn_config_int('queue.history.days')::int)
    having count(*) > 0
    union all
    select format('request %s counts other than its items', r.request_id) from dot.dlq_replay r
     cross join lateral (select count(*) as n, count(*) filter (where i.state = 'replayed') as replayed, count(*) filter (where i.state = 'kept') as kept
                           from dot.dlq_replay_item i where i.request_id = r.request_id) c
     where (p_request is null or r.request_id = p_request)
       and ((r.letters, r.replayed, r.kept) is distinct from (c.n, c.replayed, c.kept) or (r.state = 'done' and c.replayed + c.kept < c.n))
    union all
    select format('request %s is not for the dead letters that its digest names', r.request_id) from dot.dlq_replay r
     where (p_request is null or r.request_id = p_request)
       and r.digest <> dot.fn_dlq_digest(array(select i.dead_letter_id from dot.dlq_replay_item i where i.request_id = r.request_id))
  )
  select jsonb_build_object('ok', not exists (select 1 from problem), 'request', p_request, 'problems', coalesce((select jsonb_agg(text) from problem), '[]'))
$$;
comment on function dot.fn_dlq_check(uuid) is
  'Whether replays are what they say: every replayed dead letter names its job, every such job is live or in the history, counts are those of the items, and the items those of the digest; of one request, or of all. {ok, request, problems}.';

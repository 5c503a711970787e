create or replace function dot.fn_queue_stats(p_since interval default interval '1 hour')
returns table (queue text, kind text, succeeded bigint, dead bigint, cancelled bigint, per_second numeric, wait_p50_ms numeric, wait_p95_ms numeric, run_p50_ms numeric, run_p95_ms numeric)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select q.queue_code, k.job_kind, count(*) filter (where h.outcome = 's'), count(*) filter (where h.outcome = 'x'), count(*) filter (where h.outcome = 'c'),
         round(count(*) / greatest(extract(epoch from p_since), 1), 2),
         round((percentile_cont(0.5) within group (order by extract(epoch from h.claimed_at - h.run_at)))::numeric * 1000, 1),
         round((percentile_cont(0.95) within group (order by extract(epoch from h.claimed_at - h.run_at)))::numeric * 1000, 1),
         round((percentile_cont(0.5) within group (order by extract(epoch from h.finished_at - h.claimed_at)))::numeric * 1000, 1),
         round((percentile_cont(0.95) within group (order by extract(epoch from h.finished_at - h.claimed_at)))::numeric * 1000, 1)
    from dot.job_history h
    join dot.queue_registry q using (queue_id)
    join dot.job_kind_registry k using (kind_id)
   where h.finished_at > clock_timestamp() - p_since
   group by q.queue_code, k.job_kind
   order by count(*) desc, 1, 2
$$;
comment on function dot.fn_queue_stats(interval) is
  'What has ended in the last p_since, by queue and kind: how many and how, and medians and 95th percentiles, in milliseconds, of the wait from run_at to the claim and of the run from the claim to the end.';

create or replace function dot.fn_batch_list(p_batch uuid default null)
returns table (batch uuid, title text, state text, total bigint, live bigint, succeeded bigint, dead bigint, cancelled bigint, created_at timestamptz, completed_at timestamptz, complete_job bigint)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select b.batch_id, b.title, case when b.completed_at is not null then 'completed' when b.is_sealed then 'running' else 'open' end, b.total,
         (select count(*) from dot.job_queue j where j.batch_id is not null and j.batch_id = b.batch_id), h.succeeded, h.dead, h.cancelled,
         b.created_at, b.completed_at, b.complete_job_id
    from dot.job_batch b
    left join lateral (
      select count(*) filter (where x.outcome = 's') as succeeded, count(*) filter (where x.outcome = 'x') as dead, count(*) filter (where x.outcome = 'c') as cancelled
        from dot.job_history x where x.batch_id is not null and x.batch_id = b.batch_id) h on true
   where p_batch is null or b.batch_id = p_batch
   order by b.created_at desc
$$;
comment on function dot.fn_batch_list(uuid) is 'Batches, the newest first: open (jobs may be added), running (sealed) or completed, and what has become of their jobs.';

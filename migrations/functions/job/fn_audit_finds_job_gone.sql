create or replace function dot.fn_audit_finds_job_gone()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp set jit = off
as $$
  with day as (
    select to_date(right(c.relname, 8), 'YYYYMMDD') as day from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'dot.job_history'::regclass and c.relname ~ '^job_history_[0-9]{8}$'
  ),
  -- Ends are kept by day. A job that was there on a day ended on that day or later, so all of it is kept from the first day on after which none is missing.
  kept as materialized (
    select coalesce((select max(g)::date + 1 from (select min(day) as first from day) d cross join generate_series(d.first, (clock_timestamp() at time zone 'UTC')::date, interval '1 day') g
                      where not exists (select 1 from day where day.day = g::date)), (select min(day) from day))::timestamp at time zone 'UTC' as since
  ),
  known (job_id, run_id, at, detail) as (
    select substr(h.row_key, 5)::bigint, h.run_id, r.started_at, 'its run asked for it, and it neither waits nor has ended'
      from dot.dot_row_history h join dot.dot_command_run r using (run_id)
     where h.relation = 'job_wish' and h.row_key ~ '^job [0-9]{1,18}$' and r.state = 'succeeded'
    union all
    select substr(r.idempotency_key, 5)::bigint, r.run_id, r.started_at, 'it carried out this run, and neither waits nor has ended'
      from dot.dot_command_run r
     where r.idempotency_key like 'job:%' and r.idempotency_key ~ '^job:[0-9]{1,18}$' and r.state = 'succeeded'
    union all
    select b.complete_job_id, b.run_id, b.completed_at, format('batch %s ended by it, and it neither waits nor has ended', b.batch_id) from dot.job_batch b where b.complete_job_id is not null
    union all
    select f.job_id, null, f.fired_at, format('schedule %s fired it, and it neither waits nor has ended', f.schedule_code) from dot.job_schedule_fire f where f.job_id is not null
  )
  (select distinct on (k.job_id) 'job_gone', 'job ' || k.job_id, k.run_id, k.detail
    from known k cross join kept
   where k.at >= kept.since
     and not exists (select 1 from dot.job_queue j where j.job_id = k.job_id)
     and not exists (select 1 from dot.job_history j where j.job_id = k.job_id)
     and not exists (select 1 from dot.job_dead_letter j where j.job_id = k.job_id)
   order by k.job_id, k.at)
  union all
  -- Batches are kept for good.
  select 'job_gone', h.row_key, h.run_id, 'its run opened it, and it is gone'
    from dot.dot_row_history h join dot.dot_command_run r using (run_id)
   where h.relation = 'job_wish' and h.row_key ~ '^batch [0-9a-f-]{36}$' and r.state = 'succeeded'
     and not exists (select 1 from dot.job_batch b where 'batch ' || b.batch_id = h.row_key)
$$;
comment on function dot.fn_audit_finds_job_gone() is
  'For fn_audit_objects: job_gone, batches that a run opened and that are gone, and jobs that a run asked for, that carried out a run, by which a batch ended or which a schedule fired, and that are nowhere: neither waiting nor ended nor dead, though the history is still kept (queue.history.days). Whoever has a batch or a schedule fire once more has to take away what fired before.';

create or replace function dot.fn_audit_finds_job_by_nobody()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select 'job_by_nobody', min(j.job_id)::text, null::uuid, format('%s ended jobs are of worker %s, which no login has started', count(*), j.worker_id)
    from dot.job_history j
   where j.worker_id is not null
     -- Since workers are kept as long as what they did.
     and j.finished_at > (select min(h.started_at) from dot.queue_heartbeat h where h.run_id is not null)
     and not exists (select 1 from dot.queue_heartbeat h where h.worker_id = j.worker_id)
   group by j.worker_id
$$;
comment on function dot.fn_audit_finds_job_by_nobody() is
  'For fn_audit_objects: job_by_nobody, ended jobs whose worker is not known, so that no login answers for them.';

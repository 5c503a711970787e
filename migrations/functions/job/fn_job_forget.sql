create or replace function dot.fn_job_forget() returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_keys int;
begin
  delete from dot.idempotency_registry i where i.ctid = any (array(
    select x.ctid from dot.idempotency_registry x where x.expires_at < clock_timestamp() limit 10000));
  get diagnostics v_keys = row_count;
  delete from dot.job_stopping g where g.until < clock_timestamp();
  -- As long as what they did is kept, so that every ended job has a login that answers for it.
  delete from dot.queue_heartbeat h
   where h.state in ('stopped', 'silent') and h.seen_at < clock_timestamp() - (7 + dot.fn_config_int('queue.history.days')) * interval '1 day';
  -- What has not been tried for so long is not there any more: a schedule that was dropped, a job that was cancelled.
  delete from dot.job_duty d where d.failed_at < clock_timestamp() - interval '1 hour';
  return v_keys;
end
$$;
comment on function dot.fn_job_forget() is 'Forgets idempotency keys that have expired, cancelled jobs whose lease has ended since, workers that ended before anything that is kept of their jobs, and duties that failed and have not been tried for an hour. Returns how many keys.';

create or replace function dot.fn_job_run_leased(p_worker uuid, p_job bigint, p_token bigint) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_job     record;
  v_results jsonb[];
begin
  perform dot.fn_worker_own(p_worker);
  -- Told by claimed_at, and not locked: its lease is extended while it is carried out.
  select k.target, j.payload, j.trace_id into v_job
    from dot.job_queue j join dot.job_kind_registry k using (kind_id) join dot.executor_class_registry e on e.class_code = k.executor_class
   where j.job_id = p_job and j.lease_token = p_token and j.worker_id = p_worker and j.claimed_at is not null and e.executor_kind = 'database';
  if not found then
    raise exception using errcode = 'DT409', message = format('job %s is not held under this lease any more', p_job);
  end if;
  v_results := dot.fn_job_run_kind(v_job.target, array[p_job], array[v_job.payload], array[v_job.trace_id]);
  if dot.fn_job_complete(array[p_job], array[p_token], v_results) <> '{ok}' then
    -- Cancelled, or rescued, meanwhile: its effect is taken back with this.
    raise exception using errcode = 'DT409', message = format('job %s was taken away while it was carried out', p_job);
  end if;
end
$$;
comment on function dot.fn_job_run_leased(uuid, bigint, bigint) is
  'Carries out one job of an executor class of kind database that this worker has claimed (fn_job_claim), and ends it, in this transaction: its effect and its end are committed together or not at all. For jobs that cannot be carried out beside others: whatever one does to its transaction or its connection, its lease and its attempt are committed before. DT409 where it is another''s by now; DT403 for a worker that this login has not started.';

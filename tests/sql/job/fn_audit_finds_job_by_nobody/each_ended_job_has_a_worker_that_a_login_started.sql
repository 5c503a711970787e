do $$
declare
  v_worker uuid := test.worker();
  v_leases jsonb;
begin
  perform test.jobs(2);
  v_leases := test.claimed(v_worker, 2);
  perform dot.fn_job_complete(test.job_ids(v_leases), test.tokens(v_leases));
  perform dot.fn_job_cancel_many(test.jobs());
  assert not exists (select 1 from dot.fn_audit_finds_job_by_nobody());
  insert into dot.job_history (job_id, finished_at, enqueued_at, run_at, lease_token, kind_id, queue_id, class_id, priority, attempts, outcome, worker_id, enqueued_by, payload)
  select job_id, finished_at + interval '1 second', enqueued_at, run_at, lease_token, kind_id, queue_id, class_id, priority, attempts, outcome, gen_random_uuid(), enqueued_by, payload
    from dot.job_history where worker_id = v_worker and job_id = (test.job_ids(v_leases))[1];
  perform test.equal((select count(*) from dot.fn_audit_objects() f where f.finding = 'job_by_nobody'), 1::bigint);
end
$$;

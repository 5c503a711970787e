do $$
declare
  v_jobs   bigint[] := test.jobs();
  v_leases jsonb := test.claimed(test.worker());
begin
  update dot.job_queue set deadline_at = clock_timestamp() - interval '1 minute' where job_id = v_jobs[1];
  assert (dot.fn_lease_reap() ->> 'rescued')::int + 0 >= 0;
  assert exists (select 1 from dot.dot_command_run where command_code = 'lease reap' and state = 'succeeded'), 'with its row in the audit';
  assert not exists (select 1 from dot.job_queue where job_id = v_jobs[1] and state = 'x'), 'it runs no more';
end
$$;

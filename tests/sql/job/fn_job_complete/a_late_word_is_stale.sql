do $$
declare
  v_worker uuid := test.worker();
  v_job    bigint := (test.jobs())[1];
  v_leases jsonb := test.claimed(v_worker);
begin
  perform test.equal(dot.fn_job_complete(array[v_job], array[0::bigint]), '{stale}'::text[], 'another token');
  perform test.equal(dot.fn_job_complete(test.job_ids(v_leases), test.tokens(v_leases)), '{ok}'::text[]);
  perform test.equal(dot.fn_job_complete(test.job_ids(v_leases), test.tokens(v_leases)), '{stale}'::text[], 'said twice');
  assert exists (select 1 from dot.job_history where job_id = v_job and outcome = 's') and not exists (select 1 from dot.job_queue where job_id = v_job);
end
$$;

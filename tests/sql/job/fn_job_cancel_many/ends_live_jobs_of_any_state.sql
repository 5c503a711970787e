do $$
declare
  v_worker uuid := test.worker();
  v_jobs   bigint[] := test.jobs(2);
  v_leases jsonb := test.claimed(v_worker);
begin
  perform test.equal(dot.fn_job_cancel_many(v_jobs || 0::bigint, 'no more'), '{ok,ok,gone}'::text[]);
  perform test.equal((select array_agg(distinct outcome::text || (result ->> 'reason')) from dot.job_history where job_id = any (v_jobs)), '{"cno more"}'::text[]);
  perform test.equal(dot.fn_job_complete(test.job_ids(v_leases), test.tokens(v_leases)), '{stale}'::text[], 'its worker hears of it');
end
$$;

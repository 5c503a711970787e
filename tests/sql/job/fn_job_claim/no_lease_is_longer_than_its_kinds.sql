do $$
declare
  v_worker uuid := test.worker();
begin
  perform test.jobs(3);
  perform dot.fn_job_claim(v_worker, '{render}', 1, null, interval '100 years');
  perform dot.fn_job_claim(v_worker, '{render}', 1, null, interval '10 seconds');
  perform dot.fn_job_claim(v_worker, '{render}', 1);
  perform test.equal((select array_agg(round(extract(epoch from deadline_at - claimed_at)) order by job_id) from dot.job_queue), '{60,10,60}'::numeric[]);
  perform test.raises('DT400', format($q$select * from dot.fn_job_claim(%L, '{render}', 1, null, interval '0')$q$, v_worker));
  perform test.raises('DT400', $q$select dot.fn_job_release('{1}', '{1}', interval '100 years')$q$);
  perform test.raises('DT400', $q$select dot.fn_job_release('{1}', '{1}', null)$q$);
end
$$;

do $$
declare
  v_jobs bigint[] := test.jobs();
begin
  perform test.equal(dot.fn_job_show(v_jobs[1]) ->> 'kind', 'system.noop_leased');
  perform test.raises('DT404', 'select dot.fn_job_show(0)');
end
$$;

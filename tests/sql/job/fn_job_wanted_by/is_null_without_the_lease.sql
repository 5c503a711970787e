do $$
declare
  v_job    bigint := (test.jobs())[1];
  v_leases jsonb := test.claimed(test.worker());
begin
  perform test.equal(dot.fn_job_wanted_by(v_job::text, v_leases ->> v_job::text), '{}');
  perform test.equal(dot.fn_job_wanted_by(v_job::text, '0'), null::text);
  perform test.equal(dot.fn_job_wanted_by(v_job::text, null), null::text);
  perform test.equal(dot.fn_job_wanted_by('99999999999999999999', '99999999999999999999'), null::text);
end
$$;

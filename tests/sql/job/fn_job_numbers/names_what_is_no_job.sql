do $$
begin
  perform test.equal(dot.fn_job_numbers('{1,22}'), '{1,22}'::bigint[]);
  perform test.equal(dot.fn_job_numbers('{}'), '{}'::bigint[]);
  perform test.raises('DT400', $q$select dot.fn_job_numbers('{1,x}')$q$, 'invalid job "x"%');
  perform test.raises('DT400', $q$select dot.fn_job_numbers('{-1}')$q$);
end
$$;

do $$
declare
  v_jobs bigint[] := test.jobs();
begin
  assert dot.fn_job_cancel(array[v_jobs[1]::text, '0'], 'no') @> '{"cancelled": 1, "partial": true, "left": [{"job": 0}]}';
  perform test.refused(dot.fn_job_cancel(array[v_jobs[1]::text]), 'not_live');
end
$$;

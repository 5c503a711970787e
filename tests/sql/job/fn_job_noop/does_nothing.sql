do $$
declare
  v_before text := (select md5(string_agg(j::text, '')) from dot.job_queue j);
begin
  perform dot.fn_job_noop('{1,2}', array['{}', '{}']::jsonb[]);
  perform test.equal((select md5(string_agg(j::text, '')) from dot.job_queue j), v_before);
end
$$;

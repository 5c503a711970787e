do $$
begin
  perform test.raises('DT400', format('select dot.fn_job_enqueue(''system.noop'', p_run_at => %L)', t)) from unnest(array['infinity', '-infinity']) t;
  perform test.raises('DT400', 'select dot.fn_job_enqueue(''system.noop'', p_concurrency_key => '''')');
  perform test.raises('DT400', 'select dot.fn_job_enqueue(''system.noop'', p_unique_key => '''')');
  perform test.raises('DT400', 'select dot.fn_job_enqueue(''system.noop'', p_key => '''')');
end
$$;

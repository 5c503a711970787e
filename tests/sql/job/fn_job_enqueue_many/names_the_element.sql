do $$
declare
  v_two constant text := 'select dot.fn_job_enqueue_many(''system.noop'', ''{"{}","{}"}''::jsonb[], %s)';
  v_said text;
  v_job  bigint;
begin
  for v_said in select unnest(array['p_priorities => ''{1,10}''', 'p_run_at => ''{2026-01-01,infinity}''', 'p_concurrency_keys => ''{a,""}''', 'p_unique_keys => ''{a,""}''']) loop
    begin
      execute format(v_two, v_said);
      assert false, v_said;
    exception when sqlstate 'DT400' then
      assert sqlerrm like 'element 2: %', sqlerrm;
    end;
  end loop;
  -- A payload that is null is none, as one by one.
  v_job := ((dot.fn_job_enqueue_many('system.noop', array[null]::jsonb[])).jobs)[1];
  perform test.equal((select payload from dot.job_queue where job_id = v_job), '{}'::jsonb);
end
$$;

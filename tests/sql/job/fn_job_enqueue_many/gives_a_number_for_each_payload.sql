do $$
declare
  v_made record;
begin
  v_made := dot.fn_job_enqueue_many('system.noop', array['{"n": 1}', '{"n": 2}', '{"n": 3}']::jsonb[], p_unique_keys => '{a,b,a}');
  assert v_made.refusal is null and v_made.jobs[1] = v_made.jobs[3] and v_made.jobs[1] <> v_made.jobs[2], v_made::text;
  perform test.raises('DT400', $q$select dot.fn_job_enqueue_many('system.noop', array['{}'::jsonb], p_priorities => '{1,2}')$q$);
  perform test.raises('DT404', $q$select dot.fn_job_enqueue_many('system.noop', array['{}'::jsonb], p_queue => 'none')$q$);
end
$$;

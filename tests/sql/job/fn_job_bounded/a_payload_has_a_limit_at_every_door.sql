do $$
declare
  v_long constant jsonb := jsonb_build_object('a', (select string_agg(md5(n::text), '') from generate_series(1, 33000) n));
begin
  perform dot.fn_job_bounded('{}');
  perform dot.fn_job_bounded(jsonb_build_object('a', repeat('x', 1000000)));
  perform test.raises('DT400', format('select dot.fn_job_bounded(%L)', v_long));
  perform test.raises('DT400', format('select dot.fn_job_enqueue(''system.noop'', %L)', v_long));
  perform test.raises('DT400', format('select dot.fn_job_enqueue_command(''system.noop'', %L)', v_long));
  perform test.raises('DT400', format('select dot.fn_job_enqueue_many(''system.noop'', array[''{}'', %L]::jsonb[])', v_long));
  perform dot.fn_gate_set('queue.payload.max_kb', '2048');
  perform dot.fn_job_bounded(v_long);
end
$$;

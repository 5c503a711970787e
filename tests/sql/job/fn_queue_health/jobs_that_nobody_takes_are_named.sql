do $$
declare
  v_says text;
begin
  perform test.jobs();
  assert dot.fn_queue_health() @> '{"signals": [{"signal": "stranded_jobs", "ok": true}]}';
  update dot.queue_registry q set status = 'retired' from dot.job_queue j where j.queue_id = q.queue_id;
  select value into v_says from dot.v_queue_health where signal = 'stranded_jobs' and not ok;
  assert v_says like '%/%', v_says;
end
$$;

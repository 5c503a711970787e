do $$
declare
  v_worker uuid := test.worker();
  v_jobs   bigint[] := test.jobs();
begin
  perform dot.fn_queue_pause('bench');
  assert dot.fn_queue_resume('bench') @> '{"status": "active", "changed": true}';
  assert dot.fn_queue_resume('bench') @> '{"changed": false}';
  perform test.equal((select array_agg(job) from dot.fn_job_claim(v_worker, '{render}', 5)), v_jobs);
  perform test.raises('DT404', $q$select dot.fn_queue_resume('none')$q$);
end
$$;

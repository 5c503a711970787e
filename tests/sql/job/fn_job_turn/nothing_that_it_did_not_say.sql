-- A worker is given the classes and queues that it started for, whatever it asks for.
do $$
declare
  v_worker uuid := (dot.fn_worker_start('{render}', '{default}') ->> 'worker')::uuid;
  v_other  uuid := (dot.fn_worker_start('{ai_agent}') ->> 'worker')::uuid;
begin
  perform test.jobs(2);
  perform test.equal((select count(*) from dot.fn_job_claim(v_other, '{render,ai_agent}', 5)), 0::bigint, 'another class');
  perform test.equal((select count(*) from dot.fn_job_claim(v_worker, '{render}', 5)), (select count(*) from dot.job_queue j join dot.queue_registry q using (queue_id) where q.queue_code = 'default'), 'its queue');
  perform test.raises('DT400', 'select dot.fn_worker_start(null, null, repeat(''x'', 201))');
end
$$;

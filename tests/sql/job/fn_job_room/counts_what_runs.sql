do $$
declare
  v_queue smallint := (select queue_id from dot.queue_registry where queue_code = 'bench');
  v_worker uuid := test.worker();
begin
  perform test.jobs(3);
  perform test.claimed(v_worker, 2);
  perform test.equal(dot.fn_job_room(v_queue, null, 7), 7, 'no limit');
  perform test.equal(dot.fn_job_room(v_queue, 3, 7), 1);
  perform test.equal(dot.fn_job_room(v_queue, 1, 7), 0, 'never less than none');
end
$$;

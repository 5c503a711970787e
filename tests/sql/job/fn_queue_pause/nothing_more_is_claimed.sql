do $$
declare
  v_worker uuid := test.worker();
begin
  perform test.jobs();
  assert dot.fn_queue_pause('bench') @> '{"status": "paused", "changed": true}';
  perform test.equal(test.claimed(v_worker), '{}'::jsonb);
  perform test.jobs();
  perform test.equal((select status || ready from dot.fn_queue_list() where queue = 'bench'), 'paused2', 'jobs are still enqueued');
  update dot.queue_registry set status = 'retired' where queue_code = 'bench';
  perform test.refused(dot.fn_queue_pause('bench'), 'queue_retired');
  perform test.raises('DT404', $q$select dot.fn_queue_pause('none')$q$);
end
$$;

do $$
begin
  perform dot.fn_schedule_create('a', '@daily', 'system.noop');
  update dot.job_schedule set next_at = clock_timestamp() - interval '1 hour';
  assert dot.fn_schedule_pause('a') @> '{"status": "paused", "changed": true}';
  assert dot.fn_schedule_pause('a') @> '{"changed": false}', 'twice changes nothing';
  perform test.equal(dot.fn_job_schedule_tick(), 0);
  perform test.raises('DT404', $q$select dot.fn_schedule_pause('none')$q$);
end
$$;

do $$
begin
  perform dot.fn_schedule_create('a', '@daily', 'system.noop');
  update dot.job_schedule set next_at = clock_timestamp() - interval '1 second';
  perform dot.fn_job_schedule_tick();
  assert dot.fn_schedule_drop('a') @> '{"status": "retired", "changed": true}';
  perform test.equal((select count(*) from dot.job_schedule_fire where schedule_code = 'a'), 1::bigint);
  perform test.raises('DT404', $q$select dot.fn_schedule_drop('a')$q$, 'there is no schedule%');
end
$$;

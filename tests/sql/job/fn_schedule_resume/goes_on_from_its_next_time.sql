do $$
begin
  perform dot.fn_schedule_create('a', '@daily', 'system.noop');
  perform dot.fn_schedule_pause('a');
  update dot.job_schedule set next_at = clock_timestamp() - interval '3 days';
  assert dot.fn_schedule_resume('a') @> '{"status": "active", "changed": true}';
  assert (select next_at > clock_timestamp() from dot.job_schedule where schedule_code = 'a'), 'what was missed is not caught up';
  perform test.raises('DT404', $q$select dot.fn_schedule_resume('none')$q$);
end
$$;

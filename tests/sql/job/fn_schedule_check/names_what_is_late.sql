do $$
begin
  perform dot.fn_schedule_create('a', '@daily', 'system.noop');
  assert dot.fn_schedule_check() @> '{"ok": true, "late": []}';
  update dot.job_schedule set next_at = clock_timestamp() - interval '6 minutes';
  assert dot.fn_schedule_check('a') @> '{"ok": false, "late": ["a"]}';
  insert into dot.job_schedule_fire (schedule_code, fire_at, fired_at) values ('a', clock_timestamp() - interval '1 year', clock_timestamp());
  assert dot.fn_schedule_check() @> '{"ok": true}', 'one that is being caught up with is not';
  update dot.job_schedule_fire set fired_at = clock_timestamp() - interval '6 minutes';
  assert dot.fn_schedule_check() @> '{"ok": false, "late": ["a"]}';
  perform dot.fn_schedule_pause('a');
  assert dot.fn_schedule_check() @> '{"ok": true}', 'a paused one is not late';
end
$$;

-- Every way in which a fire is none, of a schedule for each hour that is active since noon.
do $$
declare
  v_case record;
begin
  for v_case in
    select * from (values
      (1, 'last', '13:00', '13:00:01', null),
      (2, 'last', '13:00', '13:59:59', null),
      (3, 'last', '13:00', '14:00', 'missed'),
      (4, 'all', '13:00', '17:00', null),
      (5, 'none', '13:00', '13:00:59', null),
      (6, 'none', '13:00', '13:01', 'missed'),
      (7, 'last', '13:00', '12:59:59', 'before its time'),
      (8, 'all', '12:00', '13:00', 'before it was active'),
      (9, 'all', '11:00', '13:00', 'before it was active'),
      (10, 'all', '13:30', '13:30', 'no time of the expression'),
      (11, 'all', '13:00:00.5', '13:30', 'no time of the expression'),
      (12, 'never', '13:00', '13:00', 'catches up in no known way'),
      (13, null, '13:00', '13:00', 'catches up in no known way')) c(n, catch_up, fire_at, fired_at, why)
  loop
    perform test.equal(
      dot.fn_job_fire_refused(jsonb_build_object('cron', '0 * * * *', 'time_zone', 'UTC', 'catch_up', v_case.catch_up), '2026-01-01 12:00+00',
        ('2026-01-01 ' || v_case.fire_at || '+00')::timestamptz, ('2026-01-01 ' || v_case.fired_at || '+00')::timestamptz, to_char(('2026-01-01 ' || v_case.fire_at || '+00')::timestamptz, 'YYYY-MM-DD"T"HH24:MI:SS.USOF')) is null,
      v_case.why is null, v_case.n::text);
  end loop;
  -- What is yet to come has not been fired.
  assert dot.fn_job_fire_refused('{"cron": "0 * * * *", "time_zone": "UTC", "catch_up": "all"}', '2026-01-01 12:00+00', h, h, to_jsonb(h) #>> '{}') is not null from date_trunc('hour', clock_timestamp() + interval '1 hour') h;
  -- What its job says is the same time, whatever is written there; what is not known refuses.
  assert dot.fn_job_fire_refused('{"cron": "0 * * * *", "time_zone": "UTC", "catch_up": "all"}', '2026-01-01 12:00+00', '2026-01-01 13:00+00', '2026-01-01 13:00+00', '2026-01-01T14:00:00+01:00') is null;
  assert (
    select bool_and(dot.fn_job_fire_refused('{"cron": "0 * * * *", "time_zone": "UTC", "catch_up": "all"}', '2026-01-01 12:00+00', '2026-01-01 13:00+00', '2026-01-01 13:00+00', s) like 'it says that it is of %')
      from unnest(array['2026-01-01T13:00:01+00:00', 'noon', '', null, 'infinity', '9999999-99-99']) s);
  assert (
    select bool_and(dot.fn_job_fire_refused(i, f, a, d, a::text) is not null)
      from (values (null::jsonb, '2026-01-01 12:00+00'::timestamptz, '2026-01-01 13:00+00'::timestamptz, '2026-01-01 13:00+00'::timestamptz),
        ('{"cron": "0 * * * *", "time_zone": "UTC", "catch_up": "all"}', null, '2026-01-01 13:00+00', '2026-01-01 13:00+00'),
        ('{"cron": "0 * * * *", "time_zone": "UTC", "catch_up": "all"}', '2026-01-01 12:00+00', '2026-01-01 13:00+00', null)) c(i, f, a, d));
end
$$;

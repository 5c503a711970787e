-- Clocks that go back over midnight: hours go on in real time, on the day that they are of.
do $$
begin
  perform test.equal(dot.fn_day_begins('2026-10-25', 'Atlantic/Azores'), timestamptz '2026-10-25 00:00+00');
  perform test.equal(dot.fn_day_begins('2026-10-26', 'Atlantic/Azores'), timestamptz '2026-10-26 01:00+00');
  perform test.equal(dot.fn_day_begins('2026-11-01', 'America/Havana'), timestamptz '2026-11-01 04:00+00');
  perform test.equal(dot.fn_day_begins('2026-10-25', 'Europe/Berlin'), timestamptz '2026-10-24 22:00+00');
  perform test.equal(dot.fn_cron_following('*/10 * * * *', '2026-10-25 00:00+00', 'Atlantic/Azores'), timestamptz '2026-10-25 00:10+00');
  perform test.equal(dot.fn_cron_following('0 * * * sun', '2026-10-24 23:30+00', 'Atlantic/Azores'), timestamptz '2026-10-25 00:00+00');
  perform test.equal(dot.fn_cron_following('0 * 31 10 *', '2026-11-01 03:30+00', 'America/Havana'), timestamptz '2027-10-31 04:00+00');
end
$$;

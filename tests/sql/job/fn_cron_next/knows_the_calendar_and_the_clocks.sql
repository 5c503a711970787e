do $$
declare
  v_from timestamptz := '2026-03-28 23:30+00';
begin
  perform test.equal(dot.fn_cron_next('0 0 29 2 *', v_from), '2028-02-29 00:00+00'::timestamptz, 'a leap day');
  perform test.equal(dot.fn_cron_next('0 0 13 * fri', v_from), '2026-04-03 00:00+00'::timestamptz, 'either day will do');
  perform test.equal(dot.fn_cron_next('@hourly', v_from), '2026-03-29 00:00+00'::timestamptz);
  perform test.equal(dot.fn_cron_next('30 2 * * *', v_from, 'Europe/Berlin'), '2026-03-29 01:30+00'::timestamptz, 'later where the clocks skip it');
  perform test.equal(dot.fn_cron_next('0 0 31 2 *', v_from), null::timestamptz, 'never');
  perform test.raises('DT400', $q$select dot.fn_cron_next('* * * *', now())$q$);
  perform test.raises('DT400', $q$select dot.fn_cron_next('* * * * *', now(), 'Mars/Base')$q$);
end
$$;

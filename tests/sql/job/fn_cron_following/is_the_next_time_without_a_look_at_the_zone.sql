do $$
declare
  v_at timestamptz := '2026-03-29 00:30:00+00';
begin
  perform test.equal(dot.fn_cron_following(c, v_at, z), dot.fn_cron_next(c, v_at, z), c || ' ' || z)
     from unnest(array['* * * * *', '*/7 * * * *', '30 2 * * *', '0 */5 1 * *', '15 10 * * mon']) c cross join unnest(array['UTC', 'Europe/Paris', 'Asia/Kathmandu']) z;
  perform test.raises('DT400', $x$ select dot.fn_cron_next('* * * * *', now(), 'Mars/Olympus') $x$);
end
$$;

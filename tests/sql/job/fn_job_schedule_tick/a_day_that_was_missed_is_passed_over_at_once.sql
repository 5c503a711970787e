do $$
declare
  v_began timestamptz := clock_timestamp();
begin
  perform dot.fn_schedule_create('s' || n, c, 'system.noop', p_zone => 'Europe/Paris', p_catch_up => u)
     from unnest(array['* * * * *', '30 3 * * *', '0 0 1 1 *']) with ordinality v(c, m) cross join unnest(array['last', 'none']) with ordinality w(u, o) cross join lateral (select m * 10 + o as n) x;
  update dot.job_schedule set next_at = dot.fn_cron_next(cron, now() - interval '400 days', time_zone);
  perform test.equal(dot.fn_job_schedule_tick(), 4, 'the last of each, and that of this minute');
  perform test.equal((select count(*) from dot.job_schedule where next_at <= now() - interval '1 minute'), 0::bigint, 'in one turn');
  perform test.equal((select count(*) from dot.job_schedule_fire f join dot.job_schedule s using (schedule_code) where f.job_id is not null and s.catch_up = 'last' and dot.fn_cron_next(s.cron, f.fire_at, s.time_zone) <= now() - interval '1 minute'), 0::bigint, 'and it is the last');
end
$$;

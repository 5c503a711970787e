create or replace function dot.fn_schedule_next(p_cron text, p_zone text default 'UTC', p_count int default 5)
returns table (n int, at timestamptz, local text)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_at timestamptz := clock_timestamp();
begin
  for v_n in 1 .. least(greatest(p_count, 1), 1000) loop
    -- Whether the zone is one is asked once: the server reads files for that.
    v_at := case v_n when 1 then dot.fn_cron_next(p_cron, v_at, p_zone) else dot.fn_cron_following(p_cron, v_at, p_zone) end;
    exit when v_at is null;
    return query select v_n, v_at, to_char(v_at at time zone p_zone, 'Dy YYYY-MM-DD HH24:MI');
  end loop;
end
$$;
comment on function dot.fn_schedule_next(text, text, int) is 'The next p_count (1 to 1000) times that a cron expression stands for, with the local time in the zone. DT400 for what is no expression or zone.';

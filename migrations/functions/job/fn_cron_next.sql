create or replace function dot.fn_cron_next(p_cron text, p_after timestamptz, p_zone text default 'UTC') returns timestamptz
language plpgsql stable set search_path = dot, pg_temp
as $$
begin
  if not exists (select 1 from pg_timezone_names where name = p_zone) then
    raise exception using errcode = 'DT400', message = format('there is no time zone %s', p_zone), hint = 'A name such as Asia/Ho_Chi_Minh, or UTC.';
  end if;
  return dot.fn_cron_following(p_cron, p_after, p_zone);
end
$$;
comment on function dot.fn_cron_next(text, timestamptz, text) is
  'The first time after p_after that a cron expression (minute hour day month weekday, with names, lists, ranges, steps, or @hourly … @yearly) stands for in a time zone; null when there is none within eight years. Where the clocks change: what has an hour fires once that day, what has * for the hour goes on in real time. DT400 for what is no expression or zone.';

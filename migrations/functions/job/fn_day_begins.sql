create or replace function dot.fn_day_begins(p_day date, p_zone text) returns timestamptz
language sql stable set search_path = dot, pg_temp
as $$
  -- Where the clocks are put back over midnight the day has its first hour twice, and a local time is taken for the second.
  select t - case when ((t - interval '1 hour') at time zone p_zone)::date = p_day then interval '1 hour' else interval '0' end
    from (select p_day::timestamp at time zone p_zone as t) x
$$;
comment on function dot.fn_day_begins(date, text) is 'The first moment of a day in a time zone.';

create or replace function dot.fn_cron_following(p_cron text, p_after timestamptz, p_zone text default 'UTC') returns timestamptz
language plpgsql stable set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_fields   text[];
  v_minutes  int[];
  v_hours    int[];
  v_days     int[];
  v_months   int[];
  v_weekdays int[];
  v_day      date;
  v_next     timestamptz;
begin
  v_fields := regexp_split_to_array(trim(case lower(trim(p_cron))
    when '@yearly' then '0 0 1 1 *' when '@annually' then '0 0 1 1 *' when '@monthly' then '0 0 1 * *' when '@weekly' then '0 0 * * 0'
    when '@daily' then '0 0 * * *' when '@midnight' then '0 0 * * *' when '@hourly' then '0 * * * *' else p_cron end), '\s+');
  if cardinality(v_fields) <> 5 then
    raise exception using errcode = 'DT400', message = format('invalid cron expression %L', p_cron),
      hint = 'Five fields: minute hour day month weekday; or @hourly, @daily, @weekly, @monthly, @yearly.';
  end if;
  v_minutes := dot.fn_cron_field(v_fields[1], 0, 59);
  v_hours := dot.fn_cron_field(v_fields[2], 0, 23);
  v_days := dot.fn_cron_field(v_fields[3], 1, 31);
  v_months := dot.fn_cron_field(v_fields[4], 1, 12, array['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']);
  v_weekdays := dot.fn_cron_field(v_fields[5], 0, 7, array['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']);
  v_day := (p_after at time zone p_zone)::date;
  -- Eight years hold a 29 February whatever the century.
  for n in 0 .. 8 * 366 loop
    if extract(month from v_day) = any (v_months)
      -- As cron has it: where both days are restricted, either will do.
      and (case
        when left(v_fields[3], 1) <> '*' and left(v_fields[5], 1) <> '*' then
          extract(day from v_day) = any (v_days) or extract(dow from v_day) = any (v_weekdays) or extract(isodow from v_day) = any (v_weekdays)
        else extract(day from v_day) = any (v_days) and (extract(dow from v_day) = any (v_weekdays) or extract(isodow from v_day) = any (v_weekdays)) end)
    then
      if left(v_fields[2], 1) = '*' then
        -- By the hour: in real time, so that an hour that the clocks repeat or skip changes nothing.
        select t into v_next
          from (select generate_series(greatest(dot.fn_day_begins(v_day, p_zone), date_trunc('minute', p_after)),
                                       dot.fn_day_begins(v_day + 1, p_zone) - interval '1 minute', interval '1 minute') as t) every
         where t > p_after and extract(minute from t at time zone p_zone) = any (v_minutes) and extract(hour from t at time zone p_zone) = any (v_hours)
         order by t limit 1;
      else
        -- At a time of day: once a day, also where the clocks repeat it; later where they skip it.
        select min(t) into v_next
          from unnest(v_hours) h cross join unnest(v_minutes) m
         cross join lateral (select (v_day + make_interval(hours => h, mins => m))::timestamp at time zone p_zone as t) x
         where t > p_after;
      end if;
      if v_next is not null then
        return v_next;
      end if;
    end if;
    v_day := v_day + 1;
  end loop;
  return null;
end
$$;
comment on function dot.fn_cron_following(text, timestamptz, text) is
  'fn_cron_next in a time zone that is known to be one.';

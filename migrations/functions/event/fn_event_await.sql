create or replace function dot.fn_event_await(
  p_since text, p_types text[] default '{}', p_keys text[] default '{}', p_filter text default null, p_timeout interval default '10 seconds')
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_until timestamptz := clock_timestamp() + p_timeout;
  v_pause numeric := 0.01;
  v_found jsonb;
begin
  if p_timeout is null or p_timeout not between interval '0' and interval '60 seconds' then
    raise exception using errcode = 'DT400', message = format('cannot wait %s in the database', p_timeout), hint = 'At most 60 seconds at a time.';
  end if;
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception using errcode = 'DT409', message = format('nothing new is ever seen in a %s transaction', current_setting('transaction_isolation')), hint = 'Wait in a READ COMMITTED transaction.';
  end if;
  loop
    -- Each look has a snapshot of its own, and starts where p_since ends: what is committed between two looks is in the later one.
    v_found := dot.fn_event_poll(p_since, p_types, p_keys, p_filter);
    exit when v_found -> 'events' <> '[]' or clock_timestamp() >= v_until;
    perform pg_sleep(least(v_pause, extract(epoch from v_until - clock_timestamp())));
    v_pause := least(v_pause * 2, 0.2);
  end loop;
  return v_found;
end
$$;
comment on function dot.fn_event_await(text, text[], text[], text, interval) is
  'Waits until events have been committed since p_since, a place from fn_event_poll that was asked for before whatever causes them, and returns them as fn_event_poll does; none after p_timeout (at most 60 seconds). No wake-up can be lost: it looks, and waits for nobody to call. DT409 in a transaction that is not READ COMMITTED.';

create or replace function dot.fn_event_partitions_make() returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_last  record;
  v_today timestamptz := date_trunc('day', clock_timestamp() at time zone 'UTC') at time zone 'UTC';
  v_until timestamptz := v_today + make_interval(hours => 24 * (1 + dot.fn_config_int('event.partitions_ahead_days')::int));
  v_from  timestamptz;
  v_to    timestamptz;
  v_name  text;
  v_full  timestamptz;
  v_made  jsonb := '[]'::jsonb;
begin
  select * into v_last from dot.fn_event_partitions() p where p.upper_bound = 'infinity';
  if v_last.lower_bound >= v_until then
    return v_made;
  end if;
  lock table dot.event_outbox in access exclusive mode;
  -- Again, under the lock: another housekeeper may have been quicker.
  select * into v_last from dot.fn_event_partitions() p where p.upper_bound = 'infinity';
  v_from := v_last.lower_bound;
  if v_from >= v_until then
    return v_made;
  end if;
  execute format('select max(emitted_at) from dot.%I', v_last.name) into v_full;
  execute format('alter table dot.event_outbox detach partition dot.%I', v_last.name);
  if v_full is null then
    execute format('drop table dot.%I', v_last.name);
  else
    -- Nobody came in time: what it holds stays where it is, as one partition of several days.
    v_name := 'event_outbox_' || to_char(v_from at time zone 'UTC', 'YYYYMMDD');
    v_to := (date_trunc('day', v_full at time zone 'UTC') + interval '1 day') at time zone 'UTC';
    execute format('alter table dot.%I rename to %I', v_last.name, v_name);
    execute format('alter table dot.event_outbox attach partition dot.%I for values from (%L) to (%L)', v_name, v_from, v_to);
    v_made := v_made || to_jsonb(v_name);
    v_from := v_to;
  end if;
  while v_from < v_until loop
    v_name := 'event_outbox_' || to_char(v_from at time zone 'UTC', 'YYYYMMDD');
    v_to := ((v_from at time zone 'UTC') + interval '1 day') at time zone 'UTC';
    execute format('create table dot.%I partition of dot.event_outbox for values from (%L) to (%L)', v_name, v_from, v_to);
    v_made := v_made || to_jsonb(v_name);
    v_from := v_to;
  end loop;
  execute format('create table dot.event_outbox_later partition of dot.event_outbox for values from (%L) to (maxvalue)', v_from);
  return v_made;
end
$$;
comment on function dot.fn_event_partitions_make() is
  'Cuts days off the open last partition of the outbox until they reach setting event.partitions_ahead_days ahead, and returns their names. It locks the outbox for a moment, only where there is something to make.';

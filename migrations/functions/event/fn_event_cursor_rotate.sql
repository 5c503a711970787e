create or replace function dot.fn_event_cursor_rotate() returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_slot  int := ((floor(extract(epoch from clock_timestamp()) / 86400))::bigint + 1) % 3;
  v_code  text;
  v_ticks bigint;
  v_moved int := 0;
begin
  if exists (select 1 from dot.event_cursor where slot = v_slot) then
    for v_code in select s.subscription_code from dot.event_subscription s order by s.subscription_code loop
      if (dot.fn_subscription_cursor(v_code)).slot = v_slot then
        -- Held before it is looked at again, so that nobody else moves it meanwhile.
        perform 1 from dot.event_subscription s where s.subscription_code = v_code for no key update;
        if (dot.fn_subscription_cursor(v_code)).slot = v_slot then
          perform dot.fn_subscription_move(dot.fn_subscription_cursor(v_code));
          v_moved := v_moved + 1;
        end if;
      end if;
    end loop;
    execute format('truncate dot.event_cursor_%s', v_slot);
  end if;
  delete from dot.event_tick t
   where t.ticked_at < clock_timestamp() - greatest(interval '1 day', make_interval(days => dot.fn_config_int('event.retention_days')::int))
     and t.tick_id < (select max(n.tick_id) from dot.event_tick n)
     and not exists (
       select 1 from dot.event_subscription s cross join lateral dot.fn_subscription_cursor(s.subscription_code) c
        where s.status <> 'dropped' and t.tick_id in (c.from_tick, c.to_tick));
  get diagnostics v_ticks = row_count;
  return jsonb_build_object('ticks', v_ticks, 'positions', v_moved);
end
$$;
comment on function dot.fn_event_cursor_rotate() is
  'Empties the slot of tomorrow in the log of positions, after copying out of it the positions of subscriptions that have not moved since, and deletes ticks that are older than the events that are kept and at which nobody stands. Returns {ticks, positions}: how many were deleted, and copied.';

create or replace function dot.fn_event_tick_now() returns dot.event_tick
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_tick   dot.event_tick := dot.fn_event_tick_newest();
  v_origin bigint := dot.fn_event_origin();
  v_own    xid8 := pg_current_xact_id_if_assigned();
begin
  if v_tick.origin is distinct from v_origin then
    select coalesce(array_agg(o.origin order by o.origin), '{}'), coalesce(array_agg(o.newest::text::xid8 order by o.origin), '{}')
      into v_tick.past_origins, v_tick.past_xids
      from (select e.origin, max(e.xid::text::bigint) as newest from dot.event_outbox e where e.origin <> v_origin group by e.origin) o;
  end if;
  v_tick.tick_id := coalesce(v_tick.tick_id, 0) + 1;
  v_tick.origin := v_origin;
  v_tick.snapshot := pg_current_snapshot();
  if v_own is not null and v_own < pg_snapshot_xmax(v_tick.snapshot) then
    -- A snapshot leaves out the transaction that takes it. What this one emits is not behind the tick.
    v_tick.snapshot := format('%s:%s:%s', case when v_own < pg_snapshot_xmin(v_tick.snapshot) then v_own else pg_snapshot_xmin(v_tick.snapshot) end,
      pg_snapshot_xmax(v_tick.snapshot), (select string_agg(x::text, ',' order by x) from (select pg_snapshot_xip(v_tick.snapshot) union select v_own) s(x)))::pg_snapshot;
  end if;
  v_tick.ticked_at := clock_timestamp();
  return v_tick;
end
$$;
comment on function dot.fn_event_tick_now() is
  'What a tick made by the calling statement would be, without making one: for questions about now. Its number is not one.';

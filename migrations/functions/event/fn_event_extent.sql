create or replace function dot.fn_event_extent(p_from dot.event_tick, p_to dot.event_tick, out floor_event bigint, out last_event bigint)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_old bigint;
begin
  if p_from.origin is distinct from p_to.origin or p_from.past_origins is distinct from p_to.past_origins then
    floor_event := 0;
    select max(event_id) into last_event from dot.event_outbox;
    return;
  end if;
  -- From the index over xid alone; without the sums the planner would walk the events from the oldest on.
  select min(e.event_id + 0), max(e.event_id + 0) into floor_event, last_event
    from dot.event_outbox e
   where e.xid >= pg_snapshot_xmax(p_from.snapshot) and e.xid < pg_snapshot_xmax(p_to.snapshot);
  select max(e.event_id + 0) into v_old
    from pg_snapshot_xip(p_from.snapshot) x(xid) join dot.event_outbox e on e.xid = x.xid;
  last_event := greatest(last_event, v_old);
end
$$;
comment on function dot.fn_event_extent(dot.event_tick, dot.event_tick) is
  'Bounds of the batch between two ticks: floor_event, below which no transaction that began after p_from has emitted, and last_event, its last one (null: it is empty). They bound what a slice must look at; the snapshots decide what is in it.';

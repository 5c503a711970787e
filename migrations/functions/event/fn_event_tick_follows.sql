create or replace function dot.fn_event_tick_follows(p_later dot.event_tick, p_earlier dot.event_tick) returns boolean
language sql immutable set search_path = dot, pg_temp
as $$
  select case
    when (p_later).tick_id is null then false
    when (p_earlier).tick_id is null then true
    when (p_later).origin <> (p_earlier).origin then (p_later).tick_id > (p_earlier).tick_id
    else (pg_snapshot_xmax((p_later).snapshot), -(select count(*) from pg_snapshot_xip((p_later).snapshot)))
       > (pg_snapshot_xmax((p_earlier).snapshot), -(select count(*) from pg_snapshot_xip((p_earlier).snapshot))) end
$$;
comment on function dot.fn_event_tick_follows(dot.event_tick, dot.event_tick) is
  'Whether p_later was taken after p_earlier, so that all that is behind p_earlier is behind it too. An absent earlier one (all null) is before every tick.';

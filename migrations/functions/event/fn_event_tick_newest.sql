create or replace function dot.fn_event_tick_newest() returns dot.event_tick
language sql stable security definer set search_path = dot, pg_temp
as $$
  -- Two that were made at once may have their numbers the other way round; of one cluster, the snapshot decides.
  select t.* from (select * from dot.event_tick order by tick_id desc limit 20) t
   where t.origin = (select n.origin from dot.event_tick n order by n.tick_id desc limit 1)
   order by pg_snapshot_xmax(t.snapshot) desc, (select count(*) from pg_snapshot_xip(t.snapshot)), t.tick_id desc
   limit 1
$$;
comment on function dot.fn_event_tick_newest() is 'The newest tick that is committed, or one of this transaction. All columns are null when there is none.';

create or replace function dot.fn_event_origin() returns bigint
language sql stable security definer set search_path = dot, pg_temp
as $$
  select system_identifier from pg_control_system()
$$;
comment on function dot.fn_event_origin() is
  'Which cluster numbers the transactions here: its system identifier. After a dump and restore it is another one, and the xids of restored events are not comparable with those of new ones.';

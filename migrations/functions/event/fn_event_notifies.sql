create or replace function dot.fn_event_notifies() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform dot.fn_lock_take('event validators');
  execute format('create or replace function dot_compiled.emit_notifies() returns boolean language sql immutable parallel safe as %L', 'select ' || (new.value = 'true'));
  perform dot.fn_schema_compiled('dot_compiled.emit_notifies()');
  return null;
end
$$;
comment on function dot.fn_event_notifies() is
  'Keeps dot_compiled.emit_notifies() what gate event.notify.enabled is, as a constant: an emit asks it in each call.';
create or replace trigger event_notifies after insert or update on dot.dot_config for each row
  when (new.config_key = 'event.notify.enabled') execute function dot.fn_event_notifies();
alter table dot.dot_config enable always trigger event_notifies;

create or replace function dot.fn_event_run_rejected() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_rejected jsonb := new.error #> '{detail,event_rejected}';
begin
  -- This is a transaction of its own, without the envelope of the run.
  perform set_config('dot.trace_id', coalesce(new.trace_id, ''), true),
          set_config('dot.correlation_id', coalesce(new.correlation_id, ''), true);
  perform dot.fn_event_reject(coalesce(v_rejected ->> 'event_type', ''), v_rejected -> 'payload', v_rejected, v_rejected ->> 'producer', new.run_id);
  return null;
end
$$;
comment on function dot.fn_event_run_rejected() is
  'Keeps the event for whose rejection a run failed: the exception rolled everything back, so it is kept when the end of the run is recorded.';
create or replace trigger event_rejected after update on dot.dot_command_run for each row
  when (old.state = 'started' and new.state in ('failed', 'refused') and new.error #> '{detail,event_rejected}' is not null)
  execute function dot.fn_event_run_rejected();
alter table dot.dot_command_run enable always trigger event_rejected;

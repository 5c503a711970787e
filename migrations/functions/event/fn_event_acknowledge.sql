create or replace function dot.fn_event_acknowledge(p_type text default null, p_every boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('event acknowledge', jsonb_build_object('type', p_type, 'every', p_every));
  v_count   int;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if (p_type is null) = not p_every then
    raise exception using errcode = 'DT400', message = 'one type of events is named, or --every is given', hint = 'dot problems schema';
  end if;
  -- Those that are there now, and no later one, however close.
  update dot.event_validation_audit v set acknowledged_at = clock_timestamp(), acknowledged_run_id = dot.fn_run_current()
   where v.acknowledged_at is null and (p_every or v.event_type = p_type);
  get diagnostics v_count = row_count;
  if v_count = 0 and p_type is not null and not exists (select 1 from dot.event_validation_audit v where v.event_type = p_type) then
    raise exception using errcode = 'DT404', message = format('no event of type %s was refused', p_type), hint = 'dot problems schema';
  end if;
  return jsonb_build_object('acknowledged', v_count);
end
$$;
comment on function dot.fn_event_acknowledge(text, boolean) is
  'Says that somebody knows of the events of a type that were refused up to now, or of all refused ones: they are no problem any more, until another is refused. Returns {acknowledged: how many}. DT400 for neither or both, DT404 where none of the type was refused.';

create or replace function dot.fn_event_raise(p_rejected jsonb) returns void
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  raise exception using errcode = 'DT422', message = p_rejected ->> 'message', hint = p_rejected ->> 'hint',
    detail = jsonb_build_object('event_rejected', p_rejected - 'message' - 'hint')::text;
end
$$;
comment on function dot.fn_event_raise(jsonb) is 'Raises what fn_event_judge found, as DT422; its detail is {event_rejected}.';

do $$
begin
  perform dot.fn_event_tick();
  assert (select count(*) from dot.event_tick) = 1, 'the first one, though there is no event';
  perform dot.fn_event_tick();
  assert (select count(*) from dot.event_tick) = 1, 'nothing was committed since';
  begin
    update dot.event_tick set ticked_at = now();
    raise 'a tick was changed';
  exception when sqlstate 'DT409' then null;
  end;
end
$$;

do $$
declare
  v_since text := dot.fn_event_poll() ->> 'since';
begin
  perform test.equal(dot.fn_event_poll() -> 'events', '[]'::jsonb);
  perform test.raises('DT400', $q$select dot.fn_event_poll('x')$q$);
  perform test.raises('DT410', format('select dot.fn_event_poll(%L)', jsonb_set(v_since::jsonb, '{origin}', '"1"')));
end
$$;

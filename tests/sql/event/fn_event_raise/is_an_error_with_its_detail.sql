do $$
begin
  perform test.raises('DT422', $q$select dot.fn_event_raise('{"reason": "unknown_type", "message": "there is none", "hint": "h"}')$q$, 'there is none');
end
$$;

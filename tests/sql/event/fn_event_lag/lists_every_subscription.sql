do $$
begin
  perform test.subscription('s');
  perform test.subscription('t');
  perform test.equal((select array_agg(subscription order by subscription) from dot.fn_event_lag() where subscription in ('s', 't')), '{s,t}'::text[]);
end
$$;

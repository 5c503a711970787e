do $$
begin
  perform test.subscription();
  perform dot.fn_job_duty_note('delivered', 's', 'DT404', 'there is no kind of job x');
  assert dot.fn_subscription_check('s') ->> 'ok' = 'false' and dot.fn_subscription_check('s') #>> '{problems,0}' like 'its events become no jobs since %: there is no kind of job x (DT404)', dot.fn_subscription_check('s')::text;
  perform dot.fn_job_duty_note('delivered', 's');
  assert dot.fn_subscription_check('s') ->> 'ok' = 'true', 'mended';
  -- What is behind is red for both, by one function.
  perform test.equal(dot.fn_subscription_check('s') ->> 'ok', (select (l.state <> 'red')::text from dot.fn_event_lag() l where l.subscription = 's'));
end
$$;

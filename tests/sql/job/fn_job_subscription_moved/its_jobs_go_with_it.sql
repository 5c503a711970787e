-- What the events of a dropped subscription became is said anew by whoever takes up its name; reading and pausing change nothing.
do $$
begin
  perform dot.fn_subscription_create('sub', p_deliver => 'job'), dot.fn_subscription_jobs('sub', 'system.noop');
  perform dot.fn_subscription_pause('sub'), dot.fn_subscription_resume('sub'), dot.fn_subscription_seek('sub', 'oldest');
  perform test.equal((select count(*) from dot.job_subscription), 1::bigint);
  perform dot.fn_subscription_drop('sub');
  perform test.equal((select count(*) from dot.job_subscription), 0::bigint);
end
$$;

create or replace function dot.fn_subscription_check(p_subscription text) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  with found as (
    select s.status, c.position_no, c.from_tick, c.to_tick, c.epoch as cursor_epoch, s.epoch
      from (values (p_subscription)) v(code)
      left join dot.event_subscription s on s.subscription_code = v.code
      left join lateral dot.fn_subscription_cursor(v.code) c on true
  ), problem(text) as (
    select 'it does not exist' from found where status is null
    union all
    select 'it has no position' from found where status <> 'dropped' and position_no is null
    union all
    select format('tick %s, at which it stands, is gone', t.tick) from found cross join lateral (values (from_tick), (to_tick)) t(tick)
     where status <> 'dropped' and t.tick > 0 and not exists (select 1 from dot.event_tick k where k.tick_id = t.tick)
    union all
    select 'it has lost events' from found where status = 'expired'
    union all
    -- As dot event lag and dot problems have it.
    select format('it is behind by more than %s: %s events, the oldest of %s', l.max_lag, l.pending, l.oldest) from dot.fn_event_lag() l
     where l.subscription = p_subscription and l.state = 'red' and l.status <> 'expired'
    union all
    select format('its events become no jobs since %s: %s (%s)', d.failing_since, d.message, d.code) from dot.job_duty d
     where d.duty = 'delivered' and d.item = p_subscription
    union all
    select format('its position is of epoch %s, it is in epoch %s', cursor_epoch, epoch) from found where status <> 'dropped' and cursor_epoch > epoch
  )
  select jsonb_build_object('ok', not exists (select 1 from problem), 'subscription', p_subscription, 'status', (select status from found),
           'position_no', (select position_no from found), 'problems', coalesce((select jsonb_agg(text) from problem), '[]'))
$$;
comment on function dot.fn_subscription_check(text) is
  'Whether a subscription is well: it has a position whose ticks exist, has lost no events, is not further behind than it may be, and its events become jobs where they should: {ok, subscription, status, position_no, problems}. A dropped one is well without a position.';

create or replace function dot.fn_subscription_list()
returns table (subscription text, status text, deliver text, target text, types text[], filter text, moved_at timestamptz, epoch bigint, owner text, summary text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select s.subscription_code, s.status, s.deliver, coalesce(s.consumer_code, s.topic), s.event_types, s.path::text, c.moved_at, s.epoch, s.owner, s.summary
    from dot.event_subscription s
   cross join lateral dot.fn_subscription_cursor(s.subscription_code) c
   where s.status <> 'dropped'
   order by s.subscription_code
$$;
comment on function dot.fn_subscription_list() is 'The subscriptions with what they want and when they last moved.';

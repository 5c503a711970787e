create or replace function dot.fn_event_lag()
returns table (subscription text, status text, deliver text, pending bigint, oldest timestamptz, read_to timestamptz, max_lag interval, state text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select s.subscription_code, s.status, s.deliver, b.pending, b.oldest, b.read_to, s.max_lag,
         case when s.status = 'expired' or b.oldest < clock_timestamp() - s.max_lag then 'red' when b.oldest < clock_timestamp() - interval '1 hour' then 'yellow' else 'green' end
    from dot.event_subscription s
   cross join lateral dot.fn_subscription_behind(s.subscription_code) b
   where s.status <> 'dropped'
   order by b.oldest nulls last, s.subscription_code
$$;
comment on function dot.fn_event_lag() is
  'How far every subscription is behind, the furthest first: pending events (counted up to 100,000), when the oldest was emitted, when the tick was made that it has read to. red: further than its max_lag, or events were lost; yellow: more than an hour.';

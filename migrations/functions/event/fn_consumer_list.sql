create or replace function dot.fn_consumer_list()
returns table (
  consumer text, status text, open boolean, gate text, events text[], function text, delivered bigint, failed bigint, pending bigint,
  next_attempt_at timestamptz, last_error text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select c.consumer_code, c.status, c.gate is null or dot.fn_gate_open(c.gate), c.gate, c.event_types, c.function_name,
         d.delivered, d.failed, b.pending, d.next_attempt_at, d.last_error
    from dot.consumer_registry c
   cross join lateral (
      select count(*) filter (where d.state = 'delivered') as delivered, count(*) filter (where d.state = 'failed') as failed, min(d.next_attempt_at) as next_attempt_at,
             (array_agg(d.error ->> 'message' order by d.updated_at desc) filter (where d.state = 'failed'))[1] as last_error
        from dot.consumer_delivery d where d.consumer_code = c.consumer_code) d
    left join dot.event_subscription s on s.consumer_code = c.consumer_code and s.status <> 'dropped'
    left join lateral (select x.pending from dot.fn_subscription_behind(s.subscription_code) x where s.subscription_code is not null) b on true
   order by c.consumer_code
$$;
comment on function dot.fn_consumer_list() is
  'The consumers of events with their gate, what was delivered to them, what failed, and how many events their subscription has still to look at (null before their first run).';

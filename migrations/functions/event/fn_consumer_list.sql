create or replace function dot.fn_consumer_list()
returns table (consumer text, status text, open boolean, gate text, events text[], function text, delivered bigint, failed bigint, next_attempt_at timestamptz, last_error text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select c.consumer_code, c.status, c.gate is null or dot.fn_gate_open(c.gate), c.gate, c.event_types, c.function_name,
         count(d.event_id) filter (where d.state = 'delivered'), count(d.event_id) filter (where d.state = 'failed'),
         min(d.next_attempt_at), (array_agg(d.error ->> 'message' order by d.updated_at desc) filter (where d.state = 'failed'))[1]
    from dot.consumer_registry c left join dot.consumer_delivery d using (consumer_code)
   group by c.consumer_code
   order by c.consumer_code
$$;
comment on function dot.fn_consumer_list() is 'The consumers of events with their gate, what was delivered to them and what failed.';

create or replace function dot.fn_consumer_wants(p_consumer dot.consumer_registry, p_event_ids bigint[]) returns bigint[]
language sql stable security definer set search_path = dot, pg_temp
as $$
  with route as materialized (
    select (dot.fn_event_types_named(array[r.event_type]))[1] as event_type, r.path from dot.iu_sql_event_route r
     where r.consumer_code = (p_consumer).consumer_code and r.status = 'active')
  -- Routes, where a consumer has them for a type, decide on their own; its list of types serves for the others.
  select coalesce(array_agg(o.event_id order by o.event_id), '{}')
    from dot.event_outbox o
    left join lateral (
      select bool_or(r.path is null or o.payload @? r.path) as passes
        from route r where r.event_type = o.event_type) r on true
   where o.event_id = any (p_event_ids)
     and coalesce(r.passes, o.event_type = any ((p_consumer).event_types))
     and not exists (
       select 1 from dot.consumer_delivery d
        where d.consumer_code = (p_consumer).consumer_code and d.event_id = o.event_id and d.event_id = any (p_event_ids) and d.state = 'delivered')
$$;
comment on function dot.fn_consumer_wants(dot.consumer_registry, bigint[]) is
  'Which of some events a consumer gets, in their order: those that its routes for their type let through, or, where it has none, those of its types; less what was delivered to it already.';

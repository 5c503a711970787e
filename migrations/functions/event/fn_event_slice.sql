create or replace function dot.fn_event_slice(
  p_subscription dot.event_subscription, p_from dot.event_tick, p_to dot.event_tick, p_after bigint, p_floor bigint, p_last bigint, p_max int)
returns setof dot.event_outbox
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  return query execute dot.fn_event_slice_sql(
      p_from.origin is distinct from p_to.origin or p_from.past_origins is distinct from p_to.past_origins,
      p_subscription.event_types <> '{}', p_subscription.keys <> '{}', p_subscription.path is not null, p_subscription.path_judges)
    using p_from.snapshot, p_to.snapshot, p_to.origin, p_after, p_max, p_floor, p_last,
      p_subscription.event_types, dot.fn_event_prefixes(p_subscription.event_types), p_subscription.keys, p_subscription.path,
      p_from.origin, p_from.past_origins, p_from.past_xids, p_to.past_origins, p_to.past_xids;
end
$$;
comment on function dot.fn_event_slice(dot.event_subscription, dot.event_tick, dot.event_tick, bigint, bigint, bigint, int) is
  'The events that a subscription wants between two ticks (p_from all null: from the beginning), from p_after (exclusive) to p_last, at most p_max, in the order of event_id. p_floor is the lowest event of the transactions that began after p_from, as fn_event_extent has it.';

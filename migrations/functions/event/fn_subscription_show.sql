create or replace function dot.fn_subscription_show(p_subscription text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_result jsonb;
begin
  select jsonb_build_object('subscription', s.subscription_code, 'summary', s.summary, 'owner', s.owner, 'status', s.status, 'deliver', s.deliver,
           'consumer', s.consumer_code, 'topic', s.topic, 'types', s.event_types, 'keys', s.keys, 'filter', s.path::text, 'max_lag', s.max_lag::text,
           'epoch', s.epoch, 'position', jsonb_build_object('no', c.position_no, 'from_tick', c.from_tick, 'to_tick', c.to_tick, 'after_event', c.after_event, 'moved_at', c.moved_at),
           'pending', b.pending, 'oldest', b.oldest, 'read_to', b.read_to, 'created_at', s.created_at)
    into v_result
    from dot.event_subscription s
   cross join lateral dot.fn_subscription_cursor(s.subscription_code) c
   cross join lateral dot.fn_subscription_behind(s.subscription_code) b
   where s.subscription_code = p_subscription and s.status <> 'dropped';
  if v_result is null then
    raise exception using errcode = 'DT404', message = format('there is no subscription %s', p_subscription), hint = 'dot subscription list';
  end if;
  return v_result;
end
$$;
comment on function dot.fn_subscription_show(text) is
  'A subscription with its filters, its position and how far it is behind (pending is counted up to 100,000). DT404 when there is none.';

create or replace function dot.fn_event_partitions_drop() returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_days    int := dot.fn_config_int('event.retention_days')::int;
  v_part    record;
  v_sub     record;
  v_unread  boolean;
  v_because text;
  v_low     bigint;
  v_high    bigint;
  v_dropped jsonb := '[]'::jsonb;
  v_kept    jsonb := '[]'::jsonb;
  v_expired jsonb := '[]'::jsonb;
begin
  for v_part in
    select * from dot.fn_event_partitions() p where v_days > 0 and p.upper_bound < clock_timestamp() - make_interval(days => v_days) order by p.lower_bound
  loop
    v_because := null;
    execute format('select min(event_id), max(event_id) from dot.%I', v_part.name) into v_low, v_high;
    continue when v_low is null and v_part.lower_bound = '-infinity';
    if exists (select 1 from dot.consumer_delivery d where d.state = 'failed' and d.event_id between v_low and v_high) then
      v_because := 'deliveries of its events have failed: dot consumer list';
    end if;
    for v_sub in
      select s.subscription_code, s.max_lag, t.origin, t.snapshot, t.past_origins, t.past_xids, b.oldest
        from dot.event_subscription s
       cross join lateral dot.fn_subscription_cursor(s.subscription_code) c
        left join dot.event_tick t on t.tick_id = c.from_tick
       cross join lateral dot.fn_subscription_behind(s.subscription_code, 1) b
       where s.status in ('active', 'paused') and b.pending > 0
       order by s.subscription_code
    loop
      exit when v_because is not null;
      execute format(
        'select exists (select 1 from dot.%I e where not coalesce(case when e.origin = $1 then pg_visible_in_snapshot(e.xid, $2) else e.xid <= $4[array_position($3, e.origin)] end, false))',
        v_part.name) into v_unread using v_sub.origin, v_sub.snapshot, v_sub.past_origins, v_sub.past_xids;
      if v_unread and v_sub.oldest >= clock_timestamp() - v_sub.max_lag then
        v_because := format('subscription %s has not read it', v_sub.subscription_code);
      elsif v_unread then
        perform dot.fn_subscription_hold(v_sub.subscription_code);
        update dot.event_subscription set status = 'expired', epoch = epoch + 1, changed_at = clock_timestamp() where subscription_code = v_sub.subscription_code;
        v_expired := v_expired || to_jsonb(v_sub.subscription_code);
      end if;
    end loop;
    if v_because is not null then
      v_kept := v_kept || jsonb_build_object('partition', v_part.name, 'because', v_because);
      continue;
    end if;
    delete from dot.consumer_delivery d where d.event_id between v_low and v_high and d.state = 'delivered'
      and not exists (
        select 1 from dot.event_outbox o where o.event_id = d.event_id and (o.emitted_at < v_part.lower_bound or o.emitted_at >= v_part.upper_bound));
    v_dropped := v_dropped || to_jsonb(v_part.name);
  end loop;
  -- All at the end: who emits waits for this until the commit.
  for v_part in
    select p.* from dot.fn_event_partitions() p where v_dropped ? p.name order by p.lower_bound
  loop
    execute format('alter table dot.event_outbox detach partition dot.%I', v_part.name);
    execute format('drop table dot.%I', v_part.name);
    -- The first partition reaches back to the beginning of time; whatever is older than the next one still has a place.
    if v_part.lower_bound = '-infinity' then
      execute format('create table dot.event_outbox_first partition of dot.event_outbox for values from (minvalue) to (%L)', v_part.upper_bound);
    end if;
  end loop;
  return jsonb_build_object('dropped', v_dropped, 'kept', v_kept, 'expired', v_expired);
end
$$;
comment on function dot.fn_event_partitions_drop() is
  'Drops the partitions of the outbox that are older than setting event.retention_days and that no subscription has still to read, with their deliveries. A subscription that is behind by more than its max_lag keeps nothing: it is expired, and must be moved before it is read again. A failed delivery keeps its partition. Returns {dropped, kept: [{partition, because}], expired}.';

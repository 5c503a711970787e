create or replace function dot.fn_consumer_dispatch(p_event_ids bigint[], p_consumer text default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_consumer  dot.consumer_registry;
  v_ids       bigint[];
  v_id        bigint;
  v_delivered bigint[];
  v_failed    bigint := 0;
  v_done      bigint := 0;
  v_error     jsonb;
begin
  for v_consumer in
    select * from dot.consumer_registry c
     where c.status = 'active' and (p_consumer is null or c.consumer_code = p_consumer)
       and (c.gate is null or dot.fn_gate_open(c.gate))
     order by c.consumer_code
  loop
    v_ids := dot.fn_consumer_wants(v_consumer, p_event_ids);
    continue when cardinality(v_ids) = 0;
    v_delivered := '{}';
    begin
      execute format('select dot.%I($1)', v_consumer.function_name) using v_ids;
      v_delivered := v_ids;
    exception when others then
      -- One bad event must not hold back the others: each gets its own try, and the bad ones keep their error.
      foreach v_id in array v_ids loop
        begin
          execute format('select dot.%I($1)', v_consumer.function_name) using array[v_id];
          v_delivered := v_delivered || v_id;
        exception when others then
          v_failed := v_failed + 1;
          v_error := jsonb_build_object('sqlstate', sqlstate, 'message', sqlerrm);
          insert into dot.consumer_delivery as d (consumer_code, event_id, state, error, next_attempt_at)
          values (v_consumer.consumer_code, v_id, 'failed', v_error, clock_timestamp() + interval '1 minute')
          on conflict (consumer_code, event_id) do update
            set state = 'failed', attempts = d.attempts + 1, error = excluded.error, updated_at = clock_timestamp(),
                next_attempt_at = clock_timestamp() + interval '1 minute' * least(2 ^ d.attempts, 1440);
        end;
      end loop;
    end;
    insert into dot.consumer_delivery as d (consumer_code, event_id, state)
    select v_consumer.consumer_code, e, 'delivered' from unnest(v_delivered) e
    on conflict (consumer_code, event_id) do update
      set state = 'delivered', attempts = d.attempts + 1, error = null, next_attempt_at = null, updated_at = clock_timestamp();
    v_done := v_done + cardinality(v_delivered);
  end loop;
  return jsonb_build_object('delivered', v_done, 'failed', v_failed);
end
$$;
comment on function dot.fn_consumer_dispatch(bigint[], text) is
  'Delivers events to the active consumers that want them (fn_consumer_wants) and whose gate is open (to p_consumer only, when given), as a set, then one by one if the set fails. A consumer''s error never reaches the caller: it stays in consumer_delivery as failed, to be retried. An event is not delivered twice to a consumer. Returns {delivered, failed}.';

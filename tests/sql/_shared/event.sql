-- Events of a type that needs nothing, and who reads them, a line each.
create function test.emit(p_key text default 'k') returns bigint
language sql as $$
  select dot.fn_event_emit('system.queue_worker.silent', jsonb_build_object('worker_id', '00000000-0000-0000-0000-000000000001', 'worker', p_key, 'host', 'h', 'pid', 1,
    'seen_at', 'x', 'running', 0), p_key, p_key)
$$;

create function test.subscription(p_name text default 's', p_types text[] default '{}') returns text
language sql as $$ select dot.fn_subscription_create(p_name, p_type => p_types) ->> 'subscription' $$;

create function test.consumer(p_types text[] default '{iu.cut.completed}') returns dot.consumer_registry
language plpgsql as $$
declare
  v_consumer dot.consumer_registry;
begin
  perform set_config('dot.birth', '{"source": "command"}', true);
  insert into dot.consumer_registry (consumer_code, event_types, function_name, summary, owner) values ('watch', p_types, 'fn_iu_consume_axis', 'x', 'y') returning * into v_consumer;
  perform set_config('dot.birth', '', true);
  return v_consumer;
end
$$;

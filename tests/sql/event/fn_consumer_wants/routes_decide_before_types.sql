do $$
declare
  v_consumer dot.consumer_registry := test.consumer();
  v_event    bigint := test.emit();
begin
  perform test.equal(dot.fn_consumer_wants(v_consumer, array[v_event]), '{}'::bigint[], 'not of its types');
  v_consumer.event_types := '{system.queue_worker.silent}';
  perform test.equal(dot.fn_consumer_wants(v_consumer, array[v_event]), array[v_event]);
  perform set_config('dot.birth', '{"source": "proposal", "registry": "event-routes", "key": "r", "proposal": "00000000-0000-0000-0000-000000000001"}', true);
  insert into dot.iu_sql_event_route (route_code, event_type, consumer_code, path, summary) values ('r', 'system.queue_worker.silent', v_consumer.consumer_code, '$ ? (@.running > 5)', 'x');
  perform test.equal(dot.fn_consumer_wants(v_consumer, array[v_event]), '{}'::bigint[], 'its route does not let it through');
end
$$;

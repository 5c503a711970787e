do $$
begin
  perform test.equal((select count(*) from dot.fn_problems_event()), 0::bigint);
  insert into dot.event_validation_audit (event_type, reason, producer, payload_digest, rejected_at)
  values ('iu.piece.merge', 'payload_invalid', 'x', 'x', clock_timestamp()), ('no.such', 'unknown_type', 'x', 'x', clock_timestamp()), ('iu.cut.completed', 'payload_invalid', 'x', 'x', clock_timestamp() - interval '2 days');
  perform test.equal((select string_agg(category || ' ' || cure, ', ' order by cure) from dot.fn_problems_event()), 'schema dot event acknowledge iu.piece.merge, schema dot event acknowledge no.such');
  insert into dot.event_outbox (event_type, payload, origin, emitted_at) values ('iu.piece.merge', '{}', dot.fn_event_origin(), clock_timestamp() + interval '1 second');
  perform test.equal((select count(*) from dot.fn_problems_event()), 1::bigint, 'one was taken since');
  perform dot.fn_subscription_create('s', p_from => 'oldest');
  update dot.event_subscription set status = 'expired' where subscription_code = 's';
  perform test.equal((select cure from dot.fn_problems_event() where category = 'lag'), 'dot subscription seek s --to oldest --yes');
end
$$;

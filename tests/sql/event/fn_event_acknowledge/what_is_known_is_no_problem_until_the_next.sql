do $$
begin
  perform test.raises('DT400', 'select dot.fn_event_acknowledge()');
  perform test.raises('DT404', $q$select dot.fn_event_acknowledge('no.such')$q$);
  insert into dot.event_validation_audit (event_type, reason, producer, payload_digest, rejected_at)
  select t, 'unknown_type', 'x', 'x', clock_timestamp() from unnest(array['no.such', 'no.such', 'other', 'a b; rm']) t;
  perform test.equal((select string_agg(cure, ', ' order by cure) from dot.fn_problems_event()),
    'dot event acknowledge --every, dot event acknowledge no.such, dot event acknowledge other');
  assert dot.fn_event_acknowledge('no.such') @> '{"acknowledged": 2}' and dot.fn_event_acknowledge('no.such') @> '{"acknowledged": 0}';
  perform test.equal((select count(*) from dot.fn_problems_event()), 2::bigint);
  insert into dot.event_validation_audit (event_type, reason, producer, payload_digest, rejected_at) values ('no.such', 'unknown_type', 'x', 'x', clock_timestamp());
  perform test.equal((select count from dot.fn_problems_event() where what like '%no.such%'), 1::bigint, 'the later one alone');
  assert dot.fn_event_acknowledge(p_every => true) @> '{"acknowledged": 3}';
  perform test.equal((select count(*) from dot.fn_problems_event()), 0::bigint);
end
$$;

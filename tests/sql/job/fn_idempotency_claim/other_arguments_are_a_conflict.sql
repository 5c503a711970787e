do $$
begin
  perform test.equal(dot.fn_idempotency_claim('s', 'k', '{"n": 1}'), null::jsonb, 'the first');
  perform dot.fn_idempotency_settle('s', 'k', 7);
  perform test.equal(dot.fn_idempotency_claim('s', 'k', '{"n": 1}'), '{"job": 7, "replayed": true}'::jsonb);
  perform test.refused(dot.fn_idempotency_claim('s', 'k', '{"n": 2}'), 'idempotency_conflict');
  perform test.equal(dot.fn_idempotency_claim('t', 'k', '{"n": 2}'), null::jsonb, 'another namespace');
  update dot.idempotency_registry set expires_at = clock_timestamp() - interval '1 second' where idempotency_namespace = 's';
  perform test.equal(dot.fn_idempotency_claim('s', 'k', '{"n": 2}'), null::jsonb, 'forgotten');
end
$$;

do $$
begin
  perform dot.fn_idempotency_claim('s', 'k', '{}');
  perform dot.fn_idempotency_settle('s', 'k', 9);
  perform test.equal((select job_id from dot.idempotency_registry where (idempotency_namespace, idempotency_key) = ('s', 'k')), 9::bigint);
end
$$;

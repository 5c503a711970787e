do $$
declare
  v_worker uuid := test.worker();
  v_done   jsonb;
begin
  perform dot.fn_idempotency_claim('s', 'old', '{}');
  update dot.idempotency_registry set expires_at = clock_timestamp() - interval '1 day' where idempotency_key = 'old';
  perform dot.fn_schedule_create('a', '@daily', 'system.noop');
  update dot.job_schedule set next_at = clock_timestamp() - interval '1 second';
  update dot.queue_heartbeat set seen_at = clock_timestamp() - interval '1 day' where worker_id = v_worker;
  v_done := dot.fn_job_housekeeping();
  assert v_done @> '{"fired": 1, "silent": 1}', v_done::text;
  assert not exists (select 1 from dot.idempotency_registry where idempotency_key = 'old'), 'what has expired is forgotten';
  assert to_regclass(format('dot.job_history_%s', to_char(now() at time zone 'UTC' + interval '4 days', 'YYYYMMDD'))) is not null, 'a partition four days ahead';
end
$$;

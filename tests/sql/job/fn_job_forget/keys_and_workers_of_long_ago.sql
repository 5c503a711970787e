do $$
declare
  v_gone uuid := test.worker();
  v_here uuid := test.worker();
begin
  perform dot.fn_idempotency_claim('s', k, '{}') from unnest('{old,new}'::text[]) k;
  update dot.idempotency_registry set expires_at = clock_timestamp() - interval '1 day' where idempotency_key = 'old';
  update dot.queue_heartbeat set state = 'stopped', seen_at = seen_at - case when worker_id = v_gone then interval '10 years' else '0' end;
  perform dot.fn_job_duty_note('fired', i, '22000', 'x') from unnest('{dropped,tried}'::text[]) i;
  update dot.job_duty set failed_at = failed_at - interval '2 hours' where item = 'dropped';
  perform test.equal(dot.fn_job_forget(), 1);
  perform test.equal((select string_agg(item, ',') from dot.job_duty where duty = 'fired'), 'tried');
  perform test.equal((select string_agg(idempotency_key, ',') from dot.idempotency_registry where idempotency_key in ('old', 'new')), 'new');
  assert not exists (select 1 from dot.queue_heartbeat where worker_id = v_gone) and exists (select 1 from dot.queue_heartbeat where worker_id = v_here);
end
$$;

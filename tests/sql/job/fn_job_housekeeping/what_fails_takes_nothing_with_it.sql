-- Each duty, and each item of one, fails alone, is counted, told once, and is gone when it succeeds.
do $$
declare
  v_worker uuid := test.worker();
  v_leases jsonb;
  v_batch  uuid;
  v_done   jsonb;
begin
  perform test.jobs(2);
  v_leases := test.claimed(v_worker, 2);
  update dot.job_queue set deadline_at = clock_timestamp() - interval '1 minute' where state = 'x';
  -- A schedule and a batch of a kind that is gone, beside sound ones; a worker of whose silence no event can tell.
  perform dot.fn_schedule_create('bad', '@daily', 'system.noop_leased'), dot.fn_schedule_create('good', '@daily', 'system.noop');
  update dot.job_schedule set next_at = clock_timestamp() - interval '1 second';
  update dot.job_kind_registry set status = 'retired' where job_kind = 'system.noop_leased';
  insert into dot.job_batch (batch_id, title, created_at, is_sealed, on_complete) select gen_random_uuid(), k, now(), true, jsonb_build_object('kind', k) from unnest('{no.such,system.noop}'::text[]) k;
  update dot.queue_heartbeat set seen_at = clock_timestamp() - interval '1 day' where worker_id = v_worker;
  update dot.event_type_registry set status = 'archived' where event_type = 'system.queue_worker.silent';
  v_done := dot.fn_job_housekeeping();
  assert v_done @> '{"fired": 1, "batches": 1, "silent": 1, "reaped": {"dead": 2}}', v_done::text;
  assert (select array_agg(f ->> 'duty' order by f ->> 'duty') from jsonb_array_elements(v_done -> 'failing') f) @> '{batches,fired}', v_done::text;
  assert (select bool_and(f ->> 'message' <> '' and f ->> 'code' <> '') from jsonb_array_elements(v_done -> 'failing') f), v_done::text;
  assert (select not ok and value like '%fired bad%' from dot.v_queue_health where signal = 'failing_duties');
  -- Told once; tried again when its minute is over; and nothing any more once it succeeds.
  v_done := dot.fn_job_housekeeping();
  perform test.equal(v_done -> 'failing', '[]'::jsonb, 'told once');
  update dot.job_duty set failed_at = failed_at - interval '2 minutes';
  perform dot.fn_job_housekeeping();
  perform test.equal((select failures from dot.job_duty where duty = 'fired' and item = 'bad'), 2::bigint);
  perform test.equal((select count(*)::int from dot.job_schedule_fire where schedule_code = 'bad'), 0, 'its time has not come');
  update dot.job_kind_registry set status = 'active' where job_kind = 'system.noop_leased';
  update dot.job_duty set failed_at = failed_at - interval '2 minutes';
  perform test.equal(dot.fn_job_housekeeping() -> 'fired', '1'::jsonb);
  perform test.equal((select count(*)::int from dot.job_duty where duty = 'fired'), 0);
end
$$;
-- A whole duty.
create function dot.fn_broken() returns trigger language plpgsql as $$ begin assert false, 'broken'; end $$;
create trigger broken before delete on dot.idempotency_registry for each row execute function dot.fn_broken();
do $$
declare
  v_done jsonb;
begin
  perform dot.fn_idempotency_claim('s', 'old', '{}');
  update dot.idempotency_registry set expires_at = clock_timestamp() - interval '1 day' where idempotency_key = 'old';
  v_done := dot.fn_job_housekeeping();
  assert v_done -> 'forgotten' = 'null' and v_done -> 'silent' = '0' and v_done -> 'failing' @> '[{"duty": "forgotten", "item": "", "code": "P0004", "message": "broken"}]', v_done::text;
end
$$;

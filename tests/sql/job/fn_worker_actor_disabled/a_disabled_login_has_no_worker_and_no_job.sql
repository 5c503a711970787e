do $$
declare
  v_login  constant text := test.login('w', '{dot_worker}');
  v_worker uuid;
  v_lease  jsonb;
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('w', 'service', v_login, '{dot_worker}');
  v_worker := test.by(v_login, $q$select dot.fn_worker_start('{render,sql}') ->> 'worker'$q$);
  perform test.jobs(2);
  v_lease := test.by(v_login, format($q$select to_jsonb(c) from dot.fn_job_claim(%L, '{render}', 1) c$q$, v_worker));
  update dot.dot_actor set status = 'disabled' where actor_id = 'w';
  perform test.equal((select state from dot.queue_heartbeat where worker_id = v_worker), 'stopped');
  assert (select holder is null and deadline_at <= clock_timestamp() from dot.job_queue where job_id = (v_lease ->> 'job')::bigint), 'its lease';
  perform test.equal(test.by(v_login, format('select (dot.fn_job_complete(array[%s], array[%s]))[1]', v_lease ->> 'job', v_lease ->> 'token')), 'DT403');
  perform test.equal(test.by(v_login, q), 'DT403', q) from unnest(array[
    format($q$select count(*) from dot.fn_job_claim(%L, '{render}', 1)$q$, v_worker),
    format('select dot.fn_job_heartbeat(%L)::text', v_worker),
    format('select dot.fn_job_run_sql(%L)::text', v_worker),
    'select dot.fn_job_housekeeping()::text', 'select dot.fn_job_lease_reaper()::text', 'select dot.fn_housekeeping_partitions()::text', 'select dot.fn_audit_housekeeping()::text']) q;
  -- A row that was locked at the time is left as it was; no lease is extended by it.
  update dot.queue_heartbeat set state = 'active' where worker_id = v_worker;
  perform test.equal(test.by(v_login, format('select dot.fn_job_heartbeat(%L)::text', v_worker)), 'DT403');
  perform test.equal((select (r ->> 'rescued')::int + (r ->> 'dead')::int from dot.fn_job_lease_reaper() r), 1, 'what it held is rescued');
end
$$;

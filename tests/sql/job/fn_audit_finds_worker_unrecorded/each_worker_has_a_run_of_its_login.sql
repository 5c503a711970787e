do $$
declare
  v_login  constant text := test.login('w', '{dot_worker}');
  v_worker text := test.by(v_login, $q$select dot.fn_worker_start() ->> 'worker'$q$);
begin
  assert not exists (select 1 from dot.fn_audit_finds_worker_unrecorded());
  insert into dot.queue_heartbeat (worker_id, worker, host, pid, version, queues, classes, login, state, run_id, started_at, seen_at)
  select '01930c5e-0000-7000-8000-00000000000b', worker, host, pid, version, queues, classes, 'dot', state, run_id, started_at, seen_at from dot.queue_heartbeat;
  insert into dot.queue_heartbeat (worker_id, worker, host, pid, version, queues, classes, login, state, started_at, seen_at)
  select '01930c5e-0000-7000-8000-00000000000c', worker, host, pid, version, queues, classes, 'dot', state, started_at - interval '1 day', seen_at
    from dot.queue_heartbeat where worker_id = v_worker::uuid;
  perform test.equal((select string_agg(right(f.object, 1), '' order by f.object) from dot.fn_audit_objects() f where f.finding = 'worker_unrecorded'), 'bc');
end
$$;

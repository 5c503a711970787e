do $$
declare
  v_found text[];
begin
  v_found := array(select item || ' ' || coalesce(error, '') from dot.fn_phase_forbidden('1') where not ok);
  assert v_found = '{}', v_found::text;
  perform dot.fn_job_history_day();
  -- Past the functions, as only a superuser can.
  perform set_config('session_replication_role', 'replica', true);
  update dot.dot_config set value = 'true' where config_key = 'queue.job_substrate.enabled';
  insert into dot.dot_config_history (config_key, old_value, new_value, changed_by, changed_at) values ('queue.job_substrate.enabled', 'false', 'true', 'x', now() - interval '1 hour');
  insert into dot.job_queue (job_id, ready_seq, run_at, enqueued_at, kind_id, queue_id, class_id, priority, state, dead_letter_id, payload)
  values (1, 1, now(), now(), 1, 1, 1, 0, 'x', 7, '{"password": "hunter2"}'), (2, 2, now(), now(), 1, 1, 1, 0, 'r', 7, '{}');
  insert into dot.job_history (job_id, finished_at, enqueued_at, run_at, lease_token, kind_id, queue_id, class_id, priority, attempts, outcome, enqueued_by, payload)
  values (1, now(), now(), now(), 1, 1, 1, 1, 0, 1, 's', 'x', '{}'), (1, now() - interval '1 microsecond', now(), now(), 1, 1, 1, 1, 0, 1, 's', 'x', '{}');
  alter table dot.dlq_replay drop constraint what_needs_approval_has_its_proposal;
  insert into dot.dlq_replay (request_id, note, filter, letters, digest, needs_approval, state, requested_by, requested_at, started_at, finished_at)
  values (dot.fn_uuid_v7(), 'x', '{}', 1, 'x', true, 'done', 'x', now(), now(), now());
  alter table dot.dot_config disable trigger record;
  grant insert on dot.job_queue to dot_operator;
  v_found := array(select item from dot.fn_phase_forbidden('1') where not ok);
  assert cardinality(v_found) = 9, v_found::text;
  assert dot.fn_phase_kept((select checks from dot.phase_registry where phase_code = '1')) @> '[{"promise": "trace ids stand on at least 95 % of new jobs", "kept": false}]', 'jobs without a trace';
end
$$;

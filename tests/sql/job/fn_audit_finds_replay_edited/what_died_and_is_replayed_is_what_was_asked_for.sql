do $$
declare
  v_ann    constant text := test.actor('ann', 'human', '{dot_operator}');
  v_job    bigint := test.by(v_ann, $q$select dot.fn_job_enqueue_command('system.command', '{"command": "queue list", "args": {}}') ->> 'job'$q$);
  v_letter bigint;
  v_new    bigint;
  v_old    bigint;
begin
  insert into dot.job_dead_letter (job_id, kind_id, queue_id, priority, attempts, failure_class, reason, error, died_at, enqueued_by, payload)
  select job_id, kind_id, queue_id, priority, 1, 'permanent', 'permanent', '{}', clock_timestamp(), enqueued_by, payload from dot.job_queue where job_id = v_job
  returning dead_letter_id into v_letter;
  delete from dot.job_queue where job_id = v_job;
  perform dot.fn_dlq_replay(test.replay_request(array[v_letter]));
  select job_id into v_new from dot.job_queue where dead_letter_id = v_letter;
  perform test.equal((select array_agg(f.object || ': ' || f.detail) from dot.fn_audit_objects() f where f.finding in ('wish_edited', 'replay_edited', 'end_edited')), null::text[], 'nothing was edited');
  -- One that is said to have died before there was anything to compare with: before there was a platform; after jobs that were kept
  -- with their wishes; and one that may have, which is no alarm.
  insert into dot.job_dead_letter (job_id, kind_id, queue_id, priority, attempts, failure_class, reason, error, died_at, enqueued_by, payload)
  select v_job - 1, kind_id, queue_id, priority, 1, 'permanent', 'permanent', '{}', '2020-01-01', enqueued_by, payload from dot.job_dead_letter where dead_letter_id = v_letter
  returning dead_letter_id into v_old;
  perform test.equal((select array_agg(f.object || ': ' || f.detail) from dot.fn_audit_objects() f where f.finding in ('wish_edited', 'replay_edited', 'end_edited')), array[format('dead letter %s: nobody is known to have asked for it', v_old)]);
  update dot._sqlx_migrations set installed_on = '2019-01-01' where version = 1;
  perform test.equal((select array_agg(f.object || ': ' || f.detail) from dot.fn_audit_objects() f where f.finding in ('wish_edited', 'replay_edited', 'end_edited')), null::text[], 'it died before');
  -- A job of then that no run asked for is one.
  insert into dot.job_queue select (x.j).* from (select jsonb_populate_record(j, jsonb_build_object('job_id', v_job - 2, 'enqueued_at', '2020-01-01', 'run_id', null, 'dead_letter_id', null)) as j from dot.job_queue j where job_id = v_new) x;
  perform test.equal((select array_agg(f.object || ': ' || f.detail) from dot.fn_audit_objects() f where f.finding in ('wish_edited', 'replay_edited', 'end_edited')), array[format('job %s: nobody is known to have asked for it', v_job - 2)]);
  delete from dot.job_queue where job_id = v_job - 2;
  update dot.job_dead_letter set job_id = v_job + 1000 where dead_letter_id = v_old;
  perform test.equal((select array_agg(f.object || ': ' || f.detail) from dot.fn_audit_objects() f where f.finding in ('wish_edited', 'replay_edited', 'end_edited')), array[format('dead letter %s: nobody is known to have asked for it', v_old)]);
  -- Made out to be a replay of what there is not.
  perform set_config('session_replication_role', 'replica', true);
  update dot.job_dead_letter set died_at = clock_timestamp(), replay_of = -5 where dead_letter_id = v_old;
  perform test.equal((select array_agg(f.object || ': ' || f.detail) from dot.fn_audit_objects() f where f.finding in ('wish_edited', 'replay_edited', 'end_edited')), array[format('dead letter %s: nobody is known to have asked for it', v_old)], 'replay of nothing');
  perform set_config('session_replication_role', 'origin', true);
  -- … or of what there is, and nobody had it replayed; or dead, and waiting all the same.
  update dot.job_dead_letter set replay_of = v_letter where dead_letter_id = v_old;
  perform test.equal((select array_agg(f.object || ': ' || f.detail) from dot.fn_audit_objects() f where f.finding in ('wish_edited', 'replay_edited', 'end_edited')), array[format('dead letter %s: no request replayed dead letter %s as it', v_old, v_letter)]);
  update dot.job_dead_letter set job_id = v_new where dead_letter_id = v_old;
  perform test.equal((select array_agg(f.object || ': ' || f.detail) from dot.fn_audit_objects() f where f.finding in ('wish_edited', 'replay_edited', 'end_edited')), array[format('job %s: it is said to have died (dead letter %s), and waits', v_new, v_old)]);
  delete from dot.job_dead_letter where dead_letter_id = v_old;
  insert into dot.job_queue select (x.j).* from (select jsonb_populate_record(j, jsonb_build_object('job_id', v_job + 2000)) as j from dot.job_queue j where job_id = v_new) x;
  perform test.equal((select array_agg(f.object || ': ' || f.detail) from dot.fn_audit_objects() f where f.finding in ('wish_edited', 'replay_edited', 'end_edited')), array[format('job %s: no request replayed dead letter %s as it', v_job + 2000, v_letter)]);
  delete from dot.job_queue where job_id = v_job + 2000;
  update dot.job_queue set payload = jsonb_set(payload, '{$for,actor}', '"adm"') where job_id = v_new;
  perform test.equal((select array_agg(f.object || ' ' || f.detail) from dot.fn_audit_objects() f where f.finding in ('wish_edited', 'replay_edited', 'end_edited')),
    array[format('job %s it is not what dead letter %s was', v_new, v_letter)]);
  update dot.job_dead_letter set payload = jsonb_set(payload, '{$for,actor}', '"adm"') where dead_letter_id = v_letter;
  perform test.equal((select array_agg(f.object || ' ' || f.detail) from dot.fn_audit_objects() f where f.finding in ('wish_edited', 'replay_edited', 'end_edited')),
    array[format('dead letter %s its payload, or whose it is, is not what its run asked for', v_letter)]);
  -- One that says it is a replay of itself is compared all the same.
  update dot.job_dead_letter set replay_of = dead_letter_id where dead_letter_id = v_letter;
  assert exists (select 1 from dot.fn_audit_finds_wish_edited() f where f.object = 'dead letter ' || v_letter), 'of itself';
end
$$;

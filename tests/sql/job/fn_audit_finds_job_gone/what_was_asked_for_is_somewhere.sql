do $$
declare
  c_list constant jsonb := '{"command": "queue list", "args": {}}';
  v_ann  constant text := test.actor('ann', 'human', '{dot_operator}');
  v_job  constant bigint[] := array[test.by(v_ann, format('select dot.fn_job_enqueue_command(%L, %L) ->> ''job''', 'system.command', c_list)), test.by(v_ann, format('select dot.fn_job_enqueue_command(%L, %L) ->> ''job''', 'system.command', c_list))];
  v_batch constant uuid := (test.by(v_ann, format('select dot.fn_batch_open(%L, %L, %L) ->> ''batch''', 'b', 'system.command', c_list)))::uuid;
begin
  perform dot.fn_job_cancel_many(v_job[1:1]);
  perform test.equal(test.found('job_gone'), null::text[], 'one has ended, and one waits');
  delete from dot.job_queue where job_id = v_job[2];
  perform test.equal(test.found('job_gone'), array[format('job %s: its run asked for it, and it neither waits nor has ended', v_job[2])]);
  -- What carried out a run was there, whoever asked for it.
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, idempotency_key, started_at, finished_at)
  select dot.fn_uuid_v7(), 'queue pause', 'run', 'succeeded', '{}', '', 'ann', 'human', true, 'job:' || j, clock_timestamp(), clock_timestamp() from unnest(array[v_job[1], 987654321]) j;
  perform test.equal((select array_agg(f order by f) from unnest(test.found('job_gone')) f), array[format('job %s: its run asked for it, and it neither waits nor has ended', v_job[2]), 'job 987654321: it carried out this run, and neither waits nor has ended']);
  -- What a schedule fired, what a batch ended by, and a batch.
  insert into dot.job_schedule_fire (schedule_code, fire_at, fired_at, job_id) values ('s', clock_timestamp(), clock_timestamp(), 987654322);
  assert test.found('job_gone')::text like '%job 987654322: schedule s fired it%', test.found('job_gone')::text;
  update dot.job_batch set is_sealed = true, completed_at = clock_timestamp(), complete_job_id = 987654323 where batch_id = v_batch;
  assert test.found('job_gone')::text like format('%%job 987654323: batch %s ended by it%%', v_batch), test.found('job_gone')::text;
  delete from dot.job_batch where batch_id = v_batch;
  assert test.found('job_gone')::text like format('%%batch %s: its run opened it, and it is gone%%', v_batch), test.found('job_gone')::text;
  -- Where a day is not kept any more, nothing is said of what was before its end.
  execute format('drop table dot.%I', (select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'dot.job_history'::regclass and c.relname = 'job_history_' || to_char(clock_timestamp() at time zone 'UTC', 'YYYYMMDD')));
  perform test.equal(test.found('job_gone'), array[format('batch %s: its run opened it, and it is gone', v_batch)], 'today is not kept, and batches are');
end
$$;

do $$
declare
  c_list constant jsonb := '{"command": "queue list", "args": {}}';
  v_ann  constant text := test.actor('ann', 'human', '{dot_operator}');
  v_job  constant bigint := test.by(v_ann, format('select dot.fn_job_enqueue_command(%L, %L) ->> ''job''', 'system.command', c_list));
  v_row  dot.job_queue;
begin
  select * into v_row from dot.job_queue where job_id = v_job;
  perform test.by(v_ann, format('select dot.fn_schedule_create(%L, %L, %L, %L)::text', 's', '0 3 1 1 *', 'system.command', c_list));
  update dot.job_schedule set next_at = clock_timestamp() - interval '1 second';
  perform test.equal(dot.fn_job_schedule_tick(), 1);
  -- One that succeeded is said to have died.
  perform dot.fn_job_cancel_many(array[v_job]);
  perform test.equal((select array_agg(f.object || ': ' || f.detail) from dot.fn_audit_finds_wish_edited() f), null::text[], 'nothing was edited');
  insert into dot.job_dead_letter (job_id, kind_id, queue_id, priority, attempts, failure_class, reason, error, died_at, enqueued_by, payload)
  values (v_job, v_row.kind_id, v_row.queue_id, 0, 1, 'permanent', 'permanent', '{}', clock_timestamp(), v_row.enqueued_by, v_row.payload);
  perform test.equal((select array_agg(f.detail) from dot.fn_audit_finds_wish_edited() f), array[format('job %s ended otherwise', v_job)]);
  delete from dot.job_dead_letter;
  -- What a schedule asked for that is none any more.
  perform test.by(v_ann, $q$select dot.fn_schedule_drop('s')::text$q$);
  insert into dot.job_queue select (x.j).* from (select jsonb_populate_record(v_row, jsonb_build_object('job_id', v_job + 1000, 'run_id', null)) as j) x;
  insert into dot.job_schedule_fire (schedule_code, fire_at, job_id, fired_at) values ('s', clock_timestamp(), v_job + 1000, clock_timestamp());
  perform test.equal((select array_agg(f.detail) from dot.fn_audit_finds_wish_edited() f), array['schedule s did not fire then']);
end
$$;

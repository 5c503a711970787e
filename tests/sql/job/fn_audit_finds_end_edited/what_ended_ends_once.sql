do $$
declare
  c_list constant jsonb := '{"command": "queue list", "args": {}}';
  v_ann  constant text := test.actor('ann', 'human', '{dot_operator}');
  v_job  bigint := test.by(v_ann, format('select dot.fn_job_enqueue_command(%L, %L) ->> ''job''', 'system.command', c_list));
  v_batch uuid[] := array(select (test.by(v_ann, format('select dot.fn_batch_open(%L, %L, %L) ->> ''batch''', u.title, u.kind, u.payload)))::uuid
    from (values (1, 'open', 'system.command', c_list), (2, 'sealed', 'system.command', c_list), (3, 'plain', 'system.noop', '{}')) u(n, title, kind, payload) order by u.n);
  v_row  dot.job_queue;
begin
  select * into v_row from dot.job_queue where job_id = v_job;
  perform dot.fn_job_cancel_many(array[v_job]);
  perform test.by(v_ann, format('select dot.fn_batch_seal(%L)::text', v_batch[3]));
  assert test.perform('batch seal', json_build_object('batch', upper(v_batch[2]::text))) is not null;
  perform dot.fn_job_batch_tick();
  perform test.equal(test.found('end_edited'), null::text[], 'nothing was edited');
  -- One that was cancelled is said to have died.
  insert into dot.job_dead_letter (job_id, kind_id, queue_id, priority, attempts, failure_class, reason, error, died_at, enqueued_by, payload)
  values (v_job, v_row.kind_id, v_row.queue_id, 0, 1, 'permanent', 'permanent', '{}', clock_timestamp(), v_row.enqueued_by, v_row.payload);
  assert test.found('end_edited')::text like format('%%job %s ended otherwise%%', v_job), test.found('end_edited')::text;
  delete from dot.job_dead_letter;
  -- … or waits once more, and ends once more.
  insert into dot.job_queue select v_row.*;
  perform test.equal(test.found('end_edited'), array[format('job %s: it has ended already, and waits once more', v_job)]);
  perform dot.fn_job_cancel_many(array[v_job]);
  perform test.equal(test.found('end_edited'), array[format('job %s: it ended 2 times', v_job)]);
  -- A batch that was sealed by hand sets off what its end asked for; one that ended waits once more.
  update dot.job_batch set is_sealed = true where batch_id = v_batch[1];
  update dot.job_batch set completed_at = null where batch_id = v_batch[3];
  perform test.equal((select array_agg(x order by x) from unnest(test.found('end_edited')) x),
    (select array_agg(x order by x) from unnest(array[format('job %s: it ended 2 times', v_job), format('batch %s: no run that succeeded sealed it', v_batch[1]), format('batch %s: it has ended already, and waits once more', v_batch[3])]) x));
  -- One that a run sealed was opened again, or ended while one of its jobs waits.
  update dot.job_batch set is_sealed = false where batch_id = v_batch[2];
  assert test.found('end_edited')::text like format('%%batch %s: a run sealed it, and it is open%%', v_batch[2]), test.found('end_edited')::text;
  update dot.job_batch set is_sealed = true where batch_id = v_batch[2];
  v_job := test.by(v_ann, format('select dot.fn_job_enqueue_command(%L, %L) ->> ''job''', 'system.command', c_list));
  update dot.job_queue set batch_id = v_batch[2] where job_id = v_job;
  assert test.found('end_edited')::text like format('%%batch %s: it is said to have ended, and has jobs that wait%%', v_batch[2]), test.found('end_edited')::text;
  update dot.job_queue set batch_id = null where job_id = v_job;
  update dot.job_batch set completed_at = clock_timestamp() where batch_id = v_batch[1];
  assert test.found('end_edited')::text like format('%%batch %s: it is said to have ended, and what its end asked for was never made%%', v_batch[1]);
  update dot.job_batch set completed_at = null where batch_id = v_batch[1];
  perform dot.fn_job_batch_tick();
  assert test.found('end_edited')::text like format('%%batch %s: no run that succeeded sealed it%%', v_batch[1]), 'once it has ended too';
end
$$;

do $$
declare
  v_batch uuid := (dot.fn_batch_open('all of them', 'system.noop', '{"after": 1}') ->> 'batch')::uuid;
  v_job   bigint;
begin
  perform dot.fn_job_history_day();
  v_job := (dot.fn_job_enqueue('system.noop', p_batch => v_batch) ->> 'job')::bigint;
  perform test.equal((select state || ' ' || total || ' ' || live from dot.fn_batch_list(v_batch)), 'open 1 1');
  perform test.equal(dot.fn_job_batch_tick(), 0, 'it is open');
  assert dot.fn_batch_seal(v_batch) @> '{"total": 1}';
  perform test.raises('DT404', format('select dot.fn_job_enqueue(''system.noop'', p_batch => %L)', v_batch), 'there is no open batch%');
  perform test.equal(dot.fn_job_batch_tick(), 0, 'its job lives');
  perform dot.fn_job_settle(array[v_job], null);
  perform test.equal(dot.fn_job_batch_tick(), 1);
  perform test.equal(dot.fn_job_batch_tick(), 0, 'once');
  perform test.equal((select state || ' ' || succeeded from dot.fn_batch_list(v_batch)), 'completed 1');
  assert (select payload @> jsonb_build_object('batch', v_batch, 'after', 1) from dot.job_queue where job_id = (select complete_job from dot.fn_batch_list(v_batch))), 'the job that follows';
  perform test.raises('DT404', $q$select dot.fn_batch_open('x', 'no.kind')$q$);
end
$$;

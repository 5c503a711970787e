-- Each way by which a superuser could have a command run that nobody asked for, or for somebody else.
do $$
declare
  v_ann    constant text := test.actor('ann', 'human', '{dot_operator}');
  c_list   constant jsonb := '{"command": "queue list", "args": {}}';
  c_forged constant jsonb := '{"command": "job cancel", "args": {"jobs": ["1"]}, "$for": {"actor": "adm", "kind": "human"}}';
  c_large  constant jsonb := jsonb_build_object('command', 'queue list', 'args', '{}'::jsonb, 'sha256', 'x', 'bytes', 1, 'note', repeat('x', 20000));
  v_jobs   bigint[];
  v_batch  uuid[];
  v_job    jsonb;
begin
  v_jobs := array(select (test.by(v_ann, format('select dot.fn_job_enqueue_command(%L, %L) ->> ''job''', u.kind, u.payload)))::bigint
                    from (values (1, 'system.command', c_list), (2, 'system.command', c_list), (3, 'system.command', c_list), (4, 'system.command', c_large), (5, 'system.notice', null)) u(n, kind, payload) order by u.n);
  v_batch := array(select (test.by(v_ann, format('select dot.fn_batch_open(%L, %L, %L) ->> ''batch''', u.title, u.kind, u.payload)))::uuid
                     from (values (1, 'b', 'system.command', c_list), (2, 'plain', null, '{}'), (3, 'noop', 'system.noop', '{}'), (4, 'ended', 'system.noop', '{}')) u(n, title, kind, payload) order by u.n);
  perform dot.fn_batch_seal(v_batch[4]), dot.fn_job_batch_tick();
  -- Straight from SQL, many at once, by a schedule and by a batch's end.
  perform test.by(v_ann, format('select dot.fn_job_enqueue(%L, %L) ->> ''job''', 'system.command', c_list));
  perform test.by(v_ann, format('select (dot.fn_job_enqueue_many(%L, array[%L, %L]::jsonb[])).jobs::text', 'system.command', c_list, c_list));
  perform test.by(v_ann, format('select dot.fn_schedule_create(%L, %L, %L, %L)::text', 's', '0 3 1 1 *', 'system.command', c_list));
  perform test.by(v_ann, format('select dot.fn_schedule_create(%L, %L, %L, %L)::text', 'long', '0 3 1 1 *', 'system.command', c_large));
  update dot.job_schedule set next_at = clock_timestamp() - interval '1 second';
  perform test.equal(dot.fn_job_schedule_tick(), 2), dot.fn_batch_seal(v_batch[1]), dot.fn_job_batch_tick();
  perform test.equal((select array_agg(f.object || ': ' || f.detail) from dot.fn_audit_finds_wish_edited() f), null::text[], 'nothing was edited');

  update dot.job_queue set payload = jsonb_set(payload, '{$for,actor}', '"bob"') where job_id = v_jobs[1];
  update dot.job_queue set run_id = null, payload = c_forged where job_id = v_jobs[2];
  -- Under the run of something else.
  update dot.job_queue set run_id = (select run_id from dot.dot_command_run where command_code = 'schedule create' limit 1), payload = c_forged where job_id = v_jobs[3];
  update dot.job_queue set payload = payload || '{"command": "job cancel"}' where job_id = v_jobs[4];
  update dot.job_queue set kind_id = (select kind_id from dot.job_kind_registry where job_kind = 'system.command'), payload = c_forged where job_id = v_jobs[5];
  update dot.job_queue set payload = payload || '{"command": "job cancel"}' where job_id = (select complete_job_id from dot.job_batch where batch_id = v_batch[1]);
  update dot.job_batch set on_complete = '{"kind": "system.noop", "payload": {}}' where batch_id = v_batch[2];
  update dot.job_batch set on_complete = null, run_id = null where batch_id = v_batch[3];
  insert into dot.job_queue select (x.j).* from (select jsonb_populate_record(j, jsonb_build_object('job_id', nextval('dot.job_seq'), 'payload', c_forged)) as j from dot.job_queue j where job_id = v_jobs[2]) x;
  -- Made out to be older than what is kept, an event's, or of a dead letter that there is not.
  insert into dot.job_queue select (x.j).* from (select jsonb_populate_record(j, jsonb_build_object('job_id', nextval('dot.job_seq'), 'payload', c_forged) || u.more) as j
    from dot.job_queue j cross join (values ('{"enqueued_at": "2020-01-01"}'::jsonb), (jsonb_build_object('payload', c_forged || '{"event": 1}')), ('{"dead_letter_id": 999999}')) u(more) where job_id = v_jobs[2]) x;
  perform test.equal((select array_agg(f.detail || case when f.object like 'batch%' then ' (batch)' else '' end order by f.object like 'batch%', f.detail) from dot.fn_audit_objects() f where f.finding = 'wish_edited'),
    array['it is not what the end of its batch asked for', 'its payload, or whose it is, is not what its run asked for',
      'its payload, or whose it is, is not what its run asked for', 'its payload, or whose it is, is not what its run asked for', 'its payload, or whose it is, is not what its run asked for',
      'nobody is known to have asked for it', 'nobody is known to have asked for it', 'nobody is known to have asked for it', 'nobody is known to have asked for it', 'nobody is known to have asked for it', 'it is of kind none, and its run asked for system.noop (batch)', 'it is of kind system.noop, and its run asked for none (batch)']);
end
$$;

do $$
declare
  v_ann   constant text := test.actor('ann', 'human', '{dot_operator}');
  v_batch uuid;
  v_job   bigint;
begin
  v_job := test.by(v_ann, $q$select dot.fn_job_enqueue_command('system.command', '{"command": "queue list", "args": {}}') ->> 'job'$q$);
  v_batch := test.by(v_ann, $q$select dot.fn_batch_open('b', 'system.command', '{"command": "queue list", "args": {}}') ->> 'batch'$q$);
  perform test.by(v_ann, $q$select dot.fn_batch_open('plain')$q$), test.by(v_ann, $q$select dot.fn_batch_open('noop', 'system.noop')$q$);
  perform test.equal((select array_agg(f.detail) from dot.fn_audit_finds_wish_edited() f), null::text[]);
  update dot.job_queue set payload = jsonb_set(payload, '{$for,actor}', '"bob"') where job_id = v_job;
  update dot.job_batch set on_complete = jsonb_set(on_complete, '{payload,command}', '"job cancel"') where batch_id = v_batch;
  update dot.job_batch set on_complete = '{"kind": "system.noop", "payload": {}}' where title = 'plain';
  perform test.equal((select array_agg(f.detail order by f.detail) from dot.fn_audit_objects() f where f.finding = 'wish_edited'),
    array['it is for bob, and ann asked for it', 'it is of kind system.noop, and its run asked for none', 'its payload is not what its run asked for']);
end
$$;

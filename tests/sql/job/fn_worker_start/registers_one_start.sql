do $$
declare
  v_started jsonb := dot.fn_worker_start('{render,sql}', '{bench}', 'w');
begin
  assert v_started @> '{"enabled": true, "executors": {"render": "template", "sql": "database"}}', v_started::text;
  perform test.raises('DT404', $q$select dot.fn_worker_start('{human}')$q$, 'no worker carries out class human');
  perform test.raises('DT404', $q$select dot.fn_worker_start('{sql}', '{none}')$q$);
  perform dot.fn_gate_set('queue.worker.enabled', 'closed');
  assert dot.fn_worker_start('{sql}') @> '{"enabled": false}';
end
$$;

do $$
declare
  v_worker uuid := test.worker();
begin
  perform test.raises('DT400', 'select dot.fn_worker_acknowledge()');
  perform test.raises('DT404', format('select dot.fn_worker_acknowledge(%L)', v_worker));
  update dot.queue_heartbeat set seen_at = now() - interval '1 day', state = 'active' where worker_id = v_worker;
  -- Seen by whoever looks, though no worker is left that marks it.
  perform test.equal((select state from dot.fn_worker_list() where worker = v_worker), 'silent');
  perform test.equal((select count(*) from dot.fn_problems_job() where signal = 'silent_workers' and cure = format('dot worker acknowledge %s', v_worker)), 1::bigint);
  assert dot.fn_worker_acknowledge(v_worker) @> '{"acknowledged": 1}' and dot.fn_worker_acknowledge(v_worker) @> '{"acknowledged": 0}';
  perform test.equal((select count(*) from dot.fn_problems_job() where signal = 'silent_workers'), 0::bigint, 'it is known');
  -- It comes back, and falls silent anew.
  update dot.queue_heartbeat set state = 'active' where worker_id = v_worker;
  perform dot.fn_job_silent();
  assert dot.fn_worker_acknowledge(p_every => true) @> '{"acknowledged": 1}', 'not this one';
end
$$;

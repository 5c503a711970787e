create or replace function dot.fn_worker_start(p_worker uuid, p_name text, p_host text, p_pid int, p_version text, p_queues text[], p_classes text[]) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_bad text[];
begin
  v_bad := array(select c from unnest(p_classes) c where not exists (select 1 from dot.executor_class_registry e where e.executor_class = c and e.status = 'active' and e.executor_class <> 'human'));
  if cardinality(v_bad) > 0 then
    raise exception using errcode = 'DT404', message = format('no worker carries out class %s', array_to_string(v_bad, ', ')),
      hint = 'Classes: ' || (select string_agg(e.executor_class, ', ' order by 1) from dot.executor_class_registry e where e.status = 'active' and e.executor_class <> 'human');
  end if;
  v_bad := array(select q from unnest(p_queues) q where not exists (select 1 from dot.queue_registry e where e.queue_code = q));
  if cardinality(v_bad) > 0 then
    raise exception using errcode = 'DT404', message = format('there is no queue %s', array_to_string(v_bad, ', ')), hint = 'dot queue list';
  end if;
  insert into dot.queue_heartbeat (worker_id, worker, host, pid, version, queues, classes, state, started_at, seen_at)
  values (p_worker, p_name, p_host, p_pid, p_version, coalesce(p_queues, '{}'), p_classes, 'active', clock_timestamp(), clock_timestamp())
  on conflict (worker_id) do update set state = 'active', seen_at = clock_timestamp();
  return jsonb_build_object('worker', p_worker, 'enabled', dot.fn_job_gate('queue.worker.enabled') is null, 'notify', dot.fn_gate_open('queue.notify.enabled'));
end
$$;
comment on function dot.fn_worker_start(uuid, text, text, int, text, text[], text[]) is
  'Registers one start of a worker. p_queues empty: all. DT404 for a class that no worker carries out (human, or unknown) and for an unknown queue. Returns {worker, enabled: whether it would be given anything now, notify: whether it will be woken}.';

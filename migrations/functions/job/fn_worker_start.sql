create or replace function dot.fn_worker_start(p_class text[] default null, p_queue text[] default null, p_name text default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('worker run', jsonb_build_object('class', p_class, 'queue', p_queue, 'name', p_name));
  v_classes text[] := coalesce(p_class, array(
    select e.class_code from dot.executor_class_registry e where e.executor_kind = 'database' and e.status = 'active' order by 1));
  v_bad     text[];
  v_id      uuid := dot.fn_uuid_v7();
  v_client  jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if length(p_name) > 200 then
    raise exception using errcode = 'DT400', message = format('the name of a worker has at most 200 characters, not %s', length(p_name));
  end if;
  v_bad := array(select c from unnest(v_classes) c where not exists (
    select 1 from dot.executor_class_registry e where e.class_code = c and e.status = 'active' and e.executor_kind <> 'person'));
  if cardinality(v_bad) > 0 then
    raise exception using errcode = 'DT404', message = format('no worker carries out class %s', array_to_string(v_bad, ', ')),
      hint = 'Classes: ' || (select string_agg(e.class_code, ', ' order by 1) from dot.executor_class_registry e where e.status = 'active' and e.executor_kind <> 'person');
  end if;
  v_bad := array(select q from unnest(p_queue) q where not exists (select 1 from dot.queue_registry e where e.queue_code = q));
  if cardinality(v_bad) > 0 then
    raise exception using errcode = 'DT404', message = format('there is no queue %s', array_to_string(v_bad, ', ')), hint = 'dot queue list';
  end if;
  perform dot.fn_registry_used('executor-classes', c) from unnest(v_classes) c;
  perform dot.fn_registry_used('queues', q) from unnest(p_queue) q;
  select r.client into v_client from dot.dot_command_run r where r.run_id = dot.fn_run_current();
  insert into dot.queue_heartbeat (worker_id, worker, host, pid, version, queues, classes, state, run_id, started_at, seen_at)
  values (v_id, coalesce(p_name, format('%s-%s', coalesce(v_client ->> 'host', 'backend'), coalesce(v_client ->> 'pid', pg_backend_pid()::text))),
    coalesce(v_client ->> 'host', ''), coalesce((v_client ->> 'pid')::int, 0), coalesce(v_client ->> 'version', ''), coalesce(p_queue, '{}'), v_classes,
    'active', dot.fn_run_current(), clock_timestamp(), clock_timestamp());
  return jsonb_build_object('worker', v_id, 'classes', v_classes, 'executors', (
      select jsonb_object_agg(e.class_code, e.executor_kind) from dot.executor_class_registry e where e.class_code = any (v_classes)), 'queues', p_queue, 'enabled', dot.fn_job_gate('queue.worker.enabled') is null,
    'notify', dot.fn_gate_open('queue.notify.enabled'), 'origin', left(encode(sha256(convert_to(dot.fn_command_database()::text, 'UTF8')), 'hex'), 16));
end
$$;
comment on function dot.fn_worker_start(text[], text[], text) is
  'Registers one start of a worker of this login for executor classes (null: those of kind database) and queues (null: all). Returns {worker, classes, executors: {class: its kind}, queues, enabled: whether it would be given anything now, notify: whether it will be woken, origin: 16 hex digits that tell requests of this database from those of another}. DT400 for a name of over 200 characters; DT404 for a class that no worker carries out (human, or unknown) and for an unknown queue.';

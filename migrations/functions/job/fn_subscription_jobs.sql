create or replace function dot.fn_subscription_jobs(
  p_subscription text, p_kind text, p_queue text default null, p_priority int default null, p_key_path text default null, p_batch_size int default 1000)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('subscription jobs', jsonb_build_object('subscription', p_subscription, 'kind', p_kind, 'queue', p_queue, 'priority', p_priority,
    'key-path', p_key_path, 'batch-size', p_batch_size));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if not exists (select 1 from dot.event_subscription e where e.subscription_code = p_subscription and e.deliver = 'job' and e.status <> 'dropped') then
    raise exception using errcode = 'DT404', message = format('there is no subscription %s that is delivered as jobs', p_subscription),
      hint = format('dot subscription create %s --deliver job', p_subscription);
  end if;
  if not exists (select 1 from dot.job_kind_registry k where k.job_kind = p_kind and k.status <> 'retired') then
    raise exception using errcode = 'DT404', message = format('there is no kind of job %s', p_kind), hint = 'dot job kinds';
  end if;
  -- Later it is the worker that enqueues; now is the time to judge who asks, and to keep who that is.
  v_refused := dot.fn_job_forward_admit(p_kind, '{}');
  if v_refused is not null then
    return dot.fn_command_answer('subscription jobs', v_refused);
  end if;
  perform dot.fn_registry_used('job-kinds', p_kind), dot.fn_registry_used('queues', p_queue);
  insert into dot.job_subscription as s (subscription_code, job_kind, queue_code, priority, key_path, batch_size, summary, wanted_by)
  values (p_subscription, p_kind, p_queue, p_priority, p_key_path::jsonpath, coalesce(p_batch_size, 1000), p_subscription,
    case when dot.fn_job_is_command(p_kind) then dot.fn_job_for('{}') -> '$for' end)
  on conflict (subscription_code) do update
    set job_kind = excluded.job_kind, queue_code = excluded.queue_code, priority = excluded.priority, key_path = excluded.key_path, batch_size = excluded.batch_size, wanted_by = excluded.wanted_by, status = 'active'
    where (s.job_kind, s.queue_code, s.priority, s.key_path::text, s.batch_size, s.wanted_by, s.status)
      is distinct from (excluded.job_kind, excluded.queue_code, excluded.priority, excluded.key_path::text, excluded.batch_size, excluded.wanted_by, 'active');
  return jsonb_build_object('subscription', p_subscription, 'kind', p_kind, 'queue', p_queue, 'priority', p_priority, 'key_path', p_key_path);
end
$$;
comment on function dot.fn_subscription_jobs(text, text, text, int, text, int) is
  'Says which job the events of a subscription become that is delivered as jobs; from then on workers'' housekeeping makes them. p_key_path: an SQL/JSON path into the payload for the concurrency key of events without a key. Returns what was said. DT404 for a subscription that is not delivered as jobs, and for an unknown kind. Where the kind runs a command, its jobs are run for the one who says this, who must be allowed to run it.';

create or replace function dot.fn_job_enqueue(
  p_kind text, p_payload jsonb default '{}', p_run_at timestamptz default null, p_priority int default null, p_queue text default null,
  p_concurrency_key text default null, p_unique_key text default null, p_namespace text default null, p_key text default null, p_batch uuid default null)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare
  v_id      bigint;
  v_state   "char";
  v_wake    boolean;
  v_known   jsonb;
  v_payload jsonb;
begin
  perform dot.fn_actor_able();
  if p_priority not between 0 and 9 then
    raise exception using errcode = 'DT400', message = format('priority must be between 0 (highest) and 9, got %s', p_priority);
  end if;
  if not isfinite(p_run_at) then
    raise exception using errcode = 'DT400', message = format('the time of a job must be finite, got %s', p_run_at), hint = 'Null: now.';
  end if;
  if p_namespace = 'dlq.replay' then
    raise exception using errcode = 'DT400', message = 'namespace dlq.replay is for dead letters that are replayed', hint = 'Take another.';
  end if;
  if p_concurrency_key = '' or p_unique_key = '' or p_key = '' then
    raise exception using errcode = 'DT400', message = 'a key is empty', hint = 'Leave it out where there is none.';
  end if;
  if greatest(length(p_concurrency_key), length(p_unique_key), length(p_key), length(p_namespace)) > 500 then
    raise exception using errcode = 'DT400', message = 'a key has at most 500 characters', hint = 'A digest of what it stands for will do.';
  end if;
  perform dot.fn_job_bounded(p_payload);
  -- What was asked for earlier, by a schedule or for the end of a batch, was judged then, and is once more when it is carried out.
  if p_payload ? 'command' and dot.fn_context_get('job_for') is distinct from 'kept' then
    v_known := dot.fn_job_command_admit(p_kind, p_payload);
    if v_known is not null then
      return v_known;
    end if;
  end if;
  if p_key is not null then
    v_known := dot.fn_idempotency_claim(coalesce(p_namespace, p_kind), p_key,
      jsonb_build_array(p_kind, p_payload, p_run_at, p_priority, p_queue, p_concurrency_key, p_unique_key)
        || case when p_batch is not null then jsonb_build_array(p_batch) else '[]' end
        -- A command is another one when somebody else wants it.
        || case when dot.fn_job_is_command(p_kind) then jsonb_build_array(dot.fn_job_for(p_payload) -> '$for') else '[]' end);
    if v_known is not null then
      return v_known;
    end if;
  end if;
  insert into dot.job_queue (
    job_id, ready_seq, run_at, enqueued_at, kind_id, queue_id, class_id, priority, state, batch_id, run_id, concurrency_key, unique_key,
    trace_id, correlation_id, payload)
  select n.id, n.id, coalesce(p_run_at, n.now), n.now, k.kind_id, l.queue_id, l.class_id, coalesce(p_priority, k.priority),
         case when p_run_at > n.now then 'd' else 'r' end, p_batch, case when current_setting('dot.run_id', true) <> '' then dot.fn_run_current() end, p_concurrency_key, p_unique_key,
         nullif(current_setting('dot.trace_id', true), ''), nullif(current_setting('dot.correlation_id', true), ''), case e.executor_kind when 'command' then dot.fn_job_for(p_payload) else coalesce(p_payload, '{}') end
    from dot.job_kind_registry k
    join dot.job_lane l on l.executor_class = k.executor_class and l.queue_code = coalesce(p_queue, k.queue_code) and l.can_enqueue
    join dot.executor_class_registry e on e.class_code = k.executor_class
   cross join (select nextval('dot.job_seq') as id, clock_timestamp() as now) n
   where k.job_kind = p_kind and k.status <> 'retired'
     -- Always true: what is deprecated warns here, where its row is at hand.
     and (k.status = 'active' or dot.fn_registry_used('job-kinds', k.job_kind)::text is not null)
     and (not l.is_deprecated or dot.fn_registry_used('queues', coalesce(p_queue, k.queue_code))::text is not null)
  on conflict (unique_key) where unique_key is not null do nothing
  returning job_id, state, payload, state = 'r'
      and exists (select 1 from dot.dot_config g where g.config_key = 'queue.notify.enabled' and g.value = 'true')
      and exists (select 1 from dot.queue_heartbeat h where h.is_idle and h.state = 'active')
    into v_id, v_state, v_payload, v_wake;
  if v_id is null then
    v_known := dot.fn_job_enqueue_refusal(p_kind, p_queue, p_unique_key);
    if p_key is not null then
      -- A request that was refused is none that was answered: it may be made again.
      perform dot.fn_idempotency_settle(coalesce(p_namespace, p_kind), p_key, (v_known ->> 'job')::bigint);
    end if;
    return v_known;
  end if;
  if v_payload ? '$for' then
    perform dot.fn_job_wish(array[v_id], p_kind, array[v_payload]);
  end if;
  if p_batch is not null then
    perform dot.fn_job_batch_add(p_batch, 1);
  end if;
  if p_key is not null then
    perform dot.fn_idempotency_settle(coalesce(p_namespace, p_kind), p_key, v_id);
  end if;
  if v_wake then
    -- As fn_job_wake does.
    perform pg_notify('dot_job', coalesce(p_queue, ''));
  end if;
  return jsonb_build_object('job', v_id, 'state', case v_state when 'r' then 'ready' else 'deferred' end);
end
$$;
comment on function dot.fn_job_enqueue(text, jsonb, timestamptz, int, text, text, text, text, text, uuid) is
  'Puts one job in line, in the transaction of the caller. p_run_at: not before. p_priority: 0 (first) to 9, else that of its kind; p_queue likewise. p_concurrency_key: at most as many jobs of one key as their kind says run at once. p_unique_key: at most one live job has it; a second one is not made, and the answer names the first with "duplicate": true. p_namespace, p_key: the same request again, also after the job has ended, gets the first answer with "replayed": true. p_batch: the open batch it belongs to, which counts what is made. Returns {job, state: ready or deferred}, or a refusal: job_substrate_disabled, frozen, queue_retired, kind_retired, idempotency_conflict, unique_key_taken (by a job of another kind), or that of a command which the caller may not run. Warns of a deprecated kind or queue. DT400 for a priority that is none, an empty key and a payload that is too large (fn_job_bounded), DT404 for an unknown kind or queue.';

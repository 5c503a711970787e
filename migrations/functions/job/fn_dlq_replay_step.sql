create or replace function dot.fn_dlq_replay_step(p_request uuid, p_max int default 1000) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_dlq_gates();
  v_request  dot.dlq_replay;
  v_now      timestamptz;
  v_take     int := p_max;
  v_ids      bigint[];
  v_replayed int;
  v_kept     int;
begin
  perform dot.fn_actor_able();
  if v_refused is not null then
    return v_refused;
  end if;
  select * into v_request from dot.dlq_replay where request_id = p_request for update;
  if v_request.state is distinct from 'running' then
    return dot.fn_dlq_request_show(p_request);
  end if;
  v_now := clock_timestamp();
  if v_request.rate is not null then
    -- What was not used within the last second is not made up for.
    v_take := least(p_max, floor(v_request.rate * extract(epoch from v_now - greatest(v_request.paced_at, v_now - interval '1 second')))::int);
    if v_take < 1 then
      return dot.fn_dlq_request_show(p_request) || jsonb_build_object('wait_seconds', 1.0 / v_request.rate);
    end if;
  end if;
  v_ids := array(select i.dead_letter_id from dot.dlq_replay_item i where i.request_id = p_request and i.state = 'waiting' order by i.dead_letter_id limit v_take);
  with letter as materialized (
    select l.* from dot.job_dead_letter l where l.dead_letter_id = any (v_ids) and l.state = 'open' order by l.dead_letter_id for update
  ), able as materialized (
    select l.*, k.status as kind_status, q.status as queue_status, c.class_id, nextval('dot.job_seq') as new_job
      from letter l
      join dot.job_kind_registry k using (kind_id) join dot.queue_registry q using (queue_id)
      join dot.executor_class_registry c on c.class_code = k.executor_class
  ), made as (
    -- As it was, from the first attempt on; a live job with its unique key wins, and the letter stays.
    insert into dot.job_queue (
      job_id, ready_seq, run_at, enqueued_at, kind_id, queue_id, class_id, priority, attempts, state, dead_letter_id, run_id, concurrency_key, unique_key,
      trace_id, correlation_id, enqueued_by, payload)
    select a.new_job, a.new_job, v_now, v_now, a.kind_id, a.queue_id, a.class_id, a.priority, 0, 'r', a.dead_letter_id, v_request.replay_run_id,
           a.concurrency_key, a.unique_key, a.trace_id, a.correlation_id, a.enqueued_by, a.payload
      from able a where a.kind_status <> 'retired' and a.queue_status <> 'retired' order by a.dead_letter_id
    on conflict (unique_key) where unique_key is not null do nothing
    returning job_id, dead_letter_id
  ), keyed as (
    insert into dot.idempotency_registry (idempotency_namespace, idempotency_key, args_digest, job_id, created_at, expires_at)
    select 'dlq.replay', p_request || ':' || m.dead_letter_id, dot.fn_dlq_digest(array[m.dead_letter_id]), m.job_id, v_now,
           v_now + make_interval(days => dot.fn_config_int('queue.idempotency.days')::int)
      from made m
  ), settled as (
    update dot.job_dead_letter l
       set state = 'replayed', replay_job_id = m.job_id, settled_at = v_now, settled_run_id = v_request.replay_run_id
      from made m where l.dead_letter_id = m.dead_letter_id
  ), item as (
    update dot.dlq_replay_item i
       set state = case when m.job_id is null then 'kept' else 'replayed' end, job_id = m.job_id, settled_at = v_now,
           reason = case when m.job_id is not null then null when a.dead_letter_id is null then 'not_open' when a.kind_status = 'retired' then 'kind_retired'
                      when a.queue_status = 'retired' then 'queue_retired' else 'unique_key_taken' end
      from unnest(v_ids) u(id) left join able a on a.dead_letter_id = u.id left join made m on m.dead_letter_id = u.id
     where i.request_id = p_request and i.dead_letter_id = u.id
    returning i.state
  )
  select count(*) filter (where state = 'replayed'), count(*) filter (where state = 'kept') into v_replayed, v_kept from item;
  update dot.dlq_replay r
     set replayed = r.replayed + v_replayed, kept = r.kept + v_kept,
         paced_at = case when r.rate is not null then greatest(r.paced_at, v_now - interval '1 second') + cardinality(v_ids) * interval '1 second' / r.rate end,
         state = case when n.none then 'done' else 'running' end, finished_at = case when n.none then v_now end
    from (select not exists (select 1 from dot.dlq_replay_item i where i.request_id = p_request and i.state = 'waiting') as none) n
   where r.request_id = p_request;
  perform dot.fn_job_wake('');
  return dot.fn_dlq_request_show(p_request);
end
$$;
comment on function dot.fn_dlq_replay_step(uuid, int) is
  'Replays the next dead letters of a running request, at most p_max and no more than its rate allows now, in a transaction of its own: each becomes a job with no attempts behind it and an idempotency key of its own (namespace dlq.replay), linked to its dead letter. What cannot be replayed stays an open dead letter, and its item says why. Returns the request as fn_dlq_request_show, with wait_seconds when nothing was due. A refusal while a gate is closed. It goes beyond no request: only a run of dlq replay sets one running.';

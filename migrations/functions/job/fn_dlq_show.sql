create or replace function dot.fn_dlq_show(p_id text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_result jsonb;
begin
  if p_id ~ '^[0-9]{1,18}$' then
    select jsonb_build_object('letter', l.dead_letter_id, 'job', l.job_id, 'kind', k.job_kind, 'queue', q.queue_code, 'priority', l.priority, 'attempts', l.attempts,
             'failure_class', l.failure_class, 'reason', l.reason, 'error', l.error, 'state', l.state, 'died_at', l.died_at, 'replay_of', l.replay_of,
             'replay_job', l.replay_job_id, 'settled_at', l.settled_at, 'settled_run', l.settled_run_id, 'concurrency_key', l.concurrency_key, 'unique_key', l.unique_key,
             'trace_id', l.trace_id, 'correlation_id', l.correlation_id, 'enqueued_by', l.enqueued_by, 'payload', l.payload,
             'requests', (select coalesce(jsonb_agg(jsonb_build_object('request', i.request_id, 'state', i.state, 'reason', i.reason) order by i.request_id), '[]')
                            from dot.dlq_replay_item i where i.dead_letter_id = l.dead_letter_id))
      into v_result
      from dot.job_dead_letter l join dot.queue_registry q using (queue_id) join dot.job_kind_registry k using (kind_id)
     where l.dead_letter_id = p_id::bigint;
  elsif p_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    v_result := dot.fn_dlq_request_show(p_id::uuid);
  end if;
  if v_result is null then
    raise exception using errcode = 'DT404', message = format('there is no dead letter or replay request %s', p_id), hint = 'dot dlq list, dot dlq requests';
  end if;
  return v_result;
end
$$;
comment on function dot.fn_dlq_show(text) is
  'A dead letter (by number) with everything its job had and the requests it is in, or a replay request (by id), as fn_dlq_request_show. DT404 when there is neither.';

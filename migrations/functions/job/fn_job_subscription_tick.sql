create or replace function dot.fn_job_subscription_tick(p_rounds int default 10) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_began        constant timestamptz := clock_timestamp();
  v_subscription dot.job_subscription;
  v_batch        record;
  v_for          jsonb;
  v_made         record;
  v_count        int := 0;
begin
  if dot.fn_job_gate('queue.job_substrate.enabled') is not null then
    return 0;
  end if;
  <<subscription>>
  for v_subscription in
    select s.* from dot.job_subscription s join dot.event_subscription e using (subscription_code)
     where s.status = 'active' and e.status = 'active' and e.deliver = 'job'
       and not exists (select 1 from dot.job_duty d where d.duty = 'delivered' and d.item = s.subscription_code and d.failed_at > clock_timestamp() - interval '1 minute')
     -- Whose turn comes first is left to chance, so that one with much to deliver does not keep the same others waiting.
     order by random()
  loop
    -- Whose they are was kept when it was asked for, so that nobody is served with the rights of whoever keeps house.
    v_for := case when v_subscription.wanted_by is not null then jsonb_build_object('$for', v_subscription.wanted_by) else '{}' end;
    if v_for = '{}' and dot.fn_job_is_command(v_subscription.job_kind) then
      perform dot.fn_job_duty_note('delivered', v_subscription.subscription_code, 'DT403', 'nobody is known to have asked for its jobs, which run a command: dot subscription jobs');
      continue;
    end if;
    for n in 1 .. p_rounds loop
      exit subscription when clock_timestamp() > v_began + interval '500 ms';
      begin
        select array_agg(jsonb_build_object('event', e.event_id, 'type', e.event_type, 'key', e.key, 'subject', e.subject, 'payload', e.payload) || v_for order by e.n) as payloads,
               array_agg(nullif(coalesce(e.key, jsonb_path_query_first(e.payload, coalesce(v_subscription.key_path, '$.none'), silent => true) #>> '{}'), '') order by e.n) as keys,
               array_agg(e.trace_id order by e.n) as traces, array_agg(e.correlation_id order by e.n) as correlations, max(e.epoch) as epoch, (array_agg(e.position order by e.n desc))[1] as position
          into v_batch
          from dot.fn_event_read(v_subscription.subscription_code, v_subscription.batch_size)
               with ordinality e(event_id, event_type, schema_version, key, subject, payload, trace_id, correlation_id, emitted_at, position, epoch, n);
        exit when v_batch.payloads is null;
        perform dot.fn_context_put('job_for', 'kept');
        select m.jobs, m.refusal into v_made
          from dot.fn_job_enqueue_many(v_subscription.job_kind, v_batch.payloads, p_queue => v_subscription.queue_code, p_concurrency_keys => v_batch.keys,
            p_priorities => case when v_subscription.priority is not null then array_fill(v_subscription.priority::int, array[cardinality(v_batch.payloads)]) end,
            p_traces => v_batch.traces, p_correlations => v_batch.correlations) m;
        perform set_config('dot.job_for', '', true);
        if v_made.refusal is not null then
          -- It waits until that is mended, and is no secret.
          perform dot.fn_job_duty_note('delivered', v_subscription.subscription_code, v_made.refusal ->> 'code', v_made.refusal ->> 'message');
          continue subscription;
        end if;
        perform dot.fn_event_pass(v_subscription.subscription_code, v_batch.epoch, v_batch.position);
        v_count := v_count + cardinality(v_batch.payloads);
      exception
        when sqlstate 'DT409' or sqlstate 'DT410' then
          -- Moved or paused by someone meanwhile: the jobs of this batch are not made either.
          exit;
        when others or assert_failure then
          perform dot.fn_job_duty_note('delivered', v_subscription.subscription_code, sqlstate, sqlerrm);
          continue subscription;
      end;
    end loop;
    perform dot.fn_job_duty_note('delivered', v_subscription.subscription_code);
  end loop;
  return v_count;
end
$$;
comment on function dot.fn_job_subscription_tick(int) is
  'Makes a job of each event that the subscriptions delivered as jobs have not passed, up to p_rounds batches of each: the job carries the trace and correlation id of its event, and the event''s key (or what key_path finds) as concurrency key. The jobs and the move of the cursor are one transaction. Where the path fails on an event, it has no key; a subscription that fails does so alone, and is tried again a minute later (job_duty). Returns how many jobs.';

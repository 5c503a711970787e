create or replace function dot.fn_job_enqueue_many(
  p_kind text, p_payloads jsonb[], p_run_at timestamptz[] default null, p_priorities int[] default null, p_queue text default null,
  p_concurrency_keys text[] default null, p_unique_keys text[] default null, p_batch uuid default null, p_traces text[] default null,
  p_correlations text[] default null, out jobs bigint[], out refusal jsonb)
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_count  constant int := cardinality(p_payloads);
  v_notify boolean;
  v_open   boolean;
  v_at     int;
  v_made   int;
  v_wanted bigint[];
  v_wishes jsonb[];
begin
  perform dot.fn_actor_able();
  if coalesce(cardinality(p_run_at), v_count) <> v_count or coalesce(cardinality(p_priorities), v_count) <> v_count
    or coalesce(cardinality(p_concurrency_keys), v_count) <> v_count or coalesce(cardinality(p_unique_keys), v_count) <> v_count
    or coalesce(cardinality(p_traces), v_count) <> v_count or coalesce(cardinality(p_correlations), v_count) <> v_count
  then
    raise exception using errcode = 'DT400', message = format('the arrays are not all as long as the %s payloads', v_count),
      hint = 'One element for each payload; leave an array out to use what its kind says for all.';
  end if;
  select n into v_at from unnest(p_priorities) with ordinality u(p, n) where p not between 0 and 9 order by n limit 1;
  if found then
    raise exception using errcode = 'DT400', message = format('element %s: priority must be between 0 (highest) and 9, got %s', v_at, p_priorities[v_at]);
  end if;
  select n into v_at from unnest(p_run_at) with ordinality u(at, n) where not isfinite(at) order by n limit 1;
  if found then
    raise exception using errcode = 'DT400', message = format('element %s: the time of a job must be finite, got %s', v_at, p_run_at[v_at]), hint = 'Null: now.';
  end if;
  select n into v_at from unnest(p_concurrency_keys, p_unique_keys) with ordinality u(c, q, n) where c = '' or q = '' order by n limit 1;
  if found then
    raise exception using errcode = 'DT400', message = format('element %s: a key is empty', v_at), hint = 'Null where there is none.';
  end if;
  select n into v_at from unnest(p_concurrency_keys, p_unique_keys) with ordinality u(c, q, n) where greatest(length(c), length(q)) > 500 order by n limit 1;
  if found then
    raise exception using errcode = 'DT400', message = format('element %s: a key has at most 500 characters', v_at), hint = 'A digest of what it stands for will do.';
  end if;
  perform dot.fn_job_bounded(p, n::int) from unnest(p_payloads) with ordinality u(p, n);
  if exists (select 1 from unnest(p_payloads) p where p ? 'command') then
    select a.refusal into refusal
      from (select distinct jsonb_build_object('command', p -> 'command', 'args', p -> 'args') as command from unnest(p_payloads) p where p ? 'command') c
     cross join lateral dot.fn_job_command_admit(p_kind, c.command) a(refusal)
     where a.refusal is not null limit 1;
    if found then
      jobs := '{}';
      return;
    end if;
  end if;
  with said as (
    select k.kind_id, l.queue_id, l.class_id, k.priority, e.executor_kind = 'command' as is_command, clock_timestamp() as now, case when current_setting('dot.run_id', true) <> '' then dot.fn_run_current() end as run_id,
           nullif(current_setting('dot.trace_id', true), '') as trace_id, nullif(current_setting('dot.correlation_id', true), '') as correlation_id
      from dot.job_kind_registry k
      join dot.job_lane l on l.executor_class = k.executor_class and l.queue_code = coalesce(p_queue, k.queue_code) and l.can_enqueue
      join dot.executor_class_registry e on e.class_code = k.executor_class
     where k.job_kind = p_kind and k.status <> 'retired'
  ),
  made as (
    insert into dot.job_queue (
      job_id, ready_seq, run_at, enqueued_at, kind_id, queue_id, class_id, priority, state, batch_id, run_id, concurrency_key, unique_key,
      trace_id, correlation_id, payload)
    select n.id, n.id, coalesce(n.run_at, s.now), s.now, s.kind_id, s.queue_id, s.class_id, coalesce(n.priority, s.priority),
           case when n.run_at > s.now then 'd' else 'r' end, p_batch, s.run_id, n.concurrency_key, n.unique_key,
           coalesce(n.trace_id, s.trace_id), coalesce(n.correlation_id, s.correlation_id), case when s.is_command then dot.fn_job_for(n.payload) else coalesce(n.payload, '{}') end
      from said s cross join (
        select u.*, nextval('dot.job_seq') as id
          from unnest(p_payloads, p_run_at, p_priorities, p_concurrency_keys, p_unique_keys, p_traces, p_correlations)
            u(payload, run_at, priority, concurrency_key, unique_key, trace_id, correlation_id)
        offset 0) n
    on conflict (unique_key) where unique_key is not null do nothing
    returning job_id, unique_key, case when payload ? '$for' then payload end as wanted
  )
  select case when p_unique_keys is null then array_agg(m.job_id order by m.job_id)
           else (select array_agg(coalesce(m.job_id, q.job_id) order by u.n)
                   from unnest(p_unique_keys) with ordinality u(unique_key, n)
                   left join (select max(x.job_id) as job_id, x.unique_key from made x group by x.unique_key) m using (unique_key)
                   left join dot.job_queue q on q.unique_key = u.unique_key) end,
         exists (select 1 from dot.dot_config g where g.config_key = 'queue.notify.enabled' and g.value = 'true'), exists (select 1 from said), count(m.job_id),
         array_agg(m.job_id order by m.job_id) filter (where m.wanted is not null), array_agg(m.wanted order by m.job_id) filter (where m.wanted is not null)
    into jobs, v_notify, v_open, v_made, v_wanted, v_wishes
    from made m;
  if not v_open then
    jobs := '{}';
    refusal := dot.fn_job_enqueue_refusal(p_kind, p_queue, null);
    return;
  end if;
  if p_unique_keys is not null then
    select u.n into v_at
      from unnest(p_unique_keys) with ordinality u(unique_key, n) join dot.job_queue q on q.unique_key = u.unique_key join dot.job_kind_registry k using (kind_id)
     where k.job_kind <> p_kind or (q.payload ? '$for' and dot.fn_job_is_command(p_kind) and q.payload -> '$for' <> dot.fn_job_for('{}') -> '$for') order by u.n limit 1;
    if found then
      raise exception using errcode = 'DT409', message = format('element %s: a live job of another kind, or a command that somebody else wants, has this unique key', v_at),
        hint = 'A unique key is one for all kinds: put the name of the kind before it.';
    end if;
  end if;
  jobs := coalesce(jobs, '{}');
  if v_wanted is not null then
    perform dot.fn_job_wish(v_wanted, p_kind, v_wishes);
  end if;
  if p_batch is not null then
    -- What is made, and no duplicate.
    perform dot.fn_job_batch_add(p_batch, v_made);
  end if;
  perform dot.fn_registry_used('job-kinds', p_kind);
  perform dot.fn_registry_used('queues', coalesce(p_queue, k.queue_code)) from dot.job_kind_registry k where k.job_kind = p_kind;
  if v_notify then
    perform dot.fn_job_wake(coalesce(p_queue, ''));
  end if;
end
$$;
comment on function dot.fn_job_enqueue_many(text, jsonb[], timestamptz[], int[], text, text[], text[], uuid, text[], text[]) is
  'Puts many jobs of one kind in line, as fn_job_enqueue does one, in one statement. Every array given has one element for each payload. p_traces, p_correlations: the W3C trace and the correlation id of each, else those of the transaction. Returns jobs, the job number for each payload in their order (of the live job that has its unique key already, where there is one), and refusal, null or why none was made. DT400, naming the element, for priorities that are none, empty keys and payloads that are too large, and for arrays of other lengths; DT404 for an unknown kind or queue; DT409, naming the element, where a live job of another kind has its unique key.';

create or replace function dot.fn_job_claim_lane(
  p_worker uuid, p_queue_id smallint, p_class_id smallint, p_limit int, p_lease interval)
returns table (
  job bigint, token bigint, kind text, class text, target jsonb, payload jsonb, attempt int, timeout interval, deadline_at timestamptz,
  trace_id text, correlation_id text, run_id uuid, priority smallint, ready_seq bigint)
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_ids   bigint[] := array[]::bigint[];
  v_keyed record;
begin
  if exists (select 1 from dot.job_queue j where j.state = 'r' and j.concurrency_key is not null and j.queue_id = p_queue_id and j.class_id = p_class_id) then
    select k.jobs, k.slots into v_keyed from dot.fn_job_pick_keyed(p_queue_id, p_class_id, p_limit) k;
    v_ids := dot.fn_job_pick_open(p_queue_id, p_class_id, p_limit);
    if cardinality(v_keyed.jobs) > 0 then
      -- Both were locked up to the limit; the first of them are taken, by priority and place in line.
      v_ids := array(
        select j.job_id from dot.job_queue j where j.job_id = any (v_ids || v_keyed.jobs) order by j.priority, j.ready_seq limit p_limit);
      return query
        update dot.job_queue j
           set state = 'x', lease_token = j.lease_token + 1, attempts = j.attempts + 1, worker_id = p_worker, claimed_at = clock_timestamp(),
               deadline_at = clock_timestamp() + coalesce(p_lease, k.lease), slot = s.slot
          from unnest(v_ids) u(id) left join unnest(v_keyed.jobs, v_keyed.slots) s(id, slot) using (id), dot.job_kind_registry k
         where j.job_id = u.id and k.kind_id = j.kind_id
        returning j.job_id, j.lease_token, k.job_kind, k.executor_class, k.target, j.payload, j.attempts::int, k.timeout, j.deadline_at,
                  j.trace_id, j.correlation_id, j.run_id, j.priority, j.ready_seq;
      return;
    end if;
  else
    v_ids := dot.fn_job_pick_open(p_queue_id, p_class_id, p_limit);
  end if;
  if cardinality(v_ids) > 0 then
    return query
      update dot.job_queue j
         set state = 'x', lease_token = j.lease_token + 1, attempts = j.attempts + 1, worker_id = p_worker, claimed_at = clock_timestamp(),
             deadline_at = clock_timestamp() + coalesce(p_lease, k.lease)
        from dot.job_kind_registry k
       where j.job_id = any (v_ids) and k.kind_id = j.kind_id
      returning j.job_id, j.lease_token, k.job_kind, k.executor_class, k.target, j.payload, j.attempts::int, k.timeout, j.deadline_at,
                j.trace_id, j.correlation_id, j.run_id, j.priority, j.ready_seq;
  end if;
end
$$;
comment on function dot.fn_job_claim_lane(uuid, smallint, smallint, int, interval) is
  'Claims up to p_limit ready jobs of one queue and executor class for a worker: each gets a new lease token and a deadline, p_lease or that of its kind from now. Returns what was claimed.';

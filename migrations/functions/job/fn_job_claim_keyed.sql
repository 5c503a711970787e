create or replace function dot.fn_job_claim_keyed(
  p_worker uuid, p_queue_id smallint, p_class_id smallint, p_limit int, p_token bigint, p_lease interval)
returns table (
  job bigint, token bigint, kind text, class text, target jsonb, payload jsonb, attempt int, timeout interval, deadline_at timestamptz,
  trace_id text, correlation_id text, run_id uuid)
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set jit = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_keyed record;
  v_me    constant oid := to_regrole(quote_ident(session_user));
  v_ids   bigint[] := dot.fn_job_pick_open(p_queue_id, p_class_id, p_limit);
begin
  select k.jobs, k.slots into v_keyed from dot.fn_job_pick_keyed(p_queue_id, p_class_id, p_limit) k;
  -- Both are locked up to the limit; the first of them are taken, by priority and place in line.
  v_ids := array(
    select j.job_id from dot.job_queue j
     where j.job_id = any (v_ids || v_keyed.jobs) order by j.priority, j.ready_seq limit p_limit);
  return query
    update dot.job_queue j
       set state = 'x', lease_token = greatest(j.lease_token + 1 + (p_token & 4194303), p_token), attempts = j.attempts + 1, worker_id = p_worker, holder = v_me,
           claimed_at = clock_timestamp(), deadline_at = clock_timestamp() + least(p_lease, k.lease), slot = s.slot
      from unnest(v_ids) u(id) left join unnest(v_keyed.jobs, v_keyed.slots) s(id, slot) using (id), dot.job_kind_registry k
     where j.job_id = u.id and k.kind_id = j.kind_id
    returning j.job_id, j.lease_token, k.job_kind, k.executor_class, k.target, j.payload, j.attempts::int, k.timeout, j.deadline_at,
              j.trace_id, j.correlation_id, j.run_id;
end
$$;
comment on function dot.fn_job_claim_keyed(uuid, smallint, smallint, int, bigint, interval) is
  'fn_job_claim for one queue and executor class where some jobs have a concurrency key: up to p_limit jobs, under p_token or, where theirs is as great, a later one; of those with a key no more of one key than may run at once.';

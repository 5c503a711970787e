create or replace function dot.fn_job_turn(
  p_worker uuid, p_classes text[], p_jobs bigint[], p_tokens bigint[], p_results jsonb[] default null, p_limit int default 1, p_queues text[] default null,
  p_lease interval default null)
returns table (job bigint, token bigint, kind text, class text, target jsonb, payload jsonb, attempt int, timeout interval, deadline_at timestamptz,
  trace_id text, correlation_id text, run_id uuid, verdict text)
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set jit = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_verdicts text[];
  -- By the clock, so that a claim which a crash of the server took back is never repeated under the same token: milliseconds of
  -- this age above, and 22 bits below that nobody can guess.
  v_token    bigint;
  v_me       constant oid := to_regrole(quote_ident(session_user));
  v_lane     record;
  v_left     int := p_limit;
  v_want     int;
  v_got      int;
  v_floors   bigint[];
begin
  if p_limit is null or p_limit not between 0 and 10000 then
    raise exception using errcode = 'DT400', message = format('a claim is of 1 to 10000 jobs, not %s', coalesce(p_limit::text, 'null'));
  end if;
  if p_lease <= interval '0' then
    raise exception using errcode = 'DT400', message = format('invalid lease length %s', p_lease), hint = 'Null: as long as the kind of the job says.';
  end if;
  if coalesce(cardinality(p_jobs), 0) = 0 then
    perform dot.fn_worker_able();
  else
    v_verdicts := dot.fn_job_complete(p_jobs, p_tokens, p_results);
    if 'stale' = any (v_verdicts) then
      return query
        select u.job, u.token, null::text, null::text, null::jsonb, null::jsonb, null::int, null::interval, null::timestamptz, null::text, null::text, null::uuid, u.verdict
          from unnest(p_jobs, p_tokens, v_verdicts) u(job, token, verdict) where u.verdict = 'stale';
    end if;
  end if;
  if p_limit = 0 then
    return;
  end if;
  v_token := ((extract(epoch from clock_timestamp() - timestamptz '2026-01-01 00:00:00+00') * 1000)::bigint << 22)
    | (('x' || left(gen_random_uuid()::text, 8))::bit(32)::bigint & 4194303);
  -- As fn_job_promote_due asks, without the call.
  if (extract(epoch from clock_timestamp()) * 1000)::bigint >= coalesce(nullif(current_setting('dot.promote_at', true), '')::bigint, 0) then
    perform dot.fn_job_promote_due();
  end if;
  -- Round 1: to each lane its share. Round 2: what is left to those that had more.
  for v_round in 1 .. 2 loop
    for v_lane in
      -- The heavier a queue, the more often it comes first.
      select l.*, l.weight::float8 / sum(l.weight) over () as share from dot.v_job_lane l
       where (p_queues is null or l.queue_code = any (p_queues)) and l.executor_class = any (p_classes)
         and exists (select 1 from dot.queue_heartbeat h where h.worker_id = p_worker and h.login = session_user and h.state not in ('stopped', 'draining')
                        -- No more than it has said that it takes: what people see of it is what it does.
                        and l.executor_class = any (h.classes) and (h.queues = '{}' or l.queue_code = any (h.queues)))
       order by random() ^ (1.0::float8 / l.weight) desc
    loop
      v_want := case v_round when 1 then least(v_left, ceil(p_limit * v_lane.share)::int) else v_left end;
      exit when v_want <= 0;
      if (v_lane.max_running is not null or v_lane.rate_limit is not null or v_lane.is_keyed) and current_setting('synchronous_commit') = 'off' then
        -- A worker may let a claim that no limit counts wait for the disk; a limit must hold through a crash too.
        perform set_config('synchronous_commit', 'on', true);
      end if;
      if v_lane.max_running is not null then
        v_want := dot.fn_job_room(v_lane.queue_id, v_lane.max_running, v_want);
      end if;
      if v_lane.rate_limit is not null and v_want > 0 then
        v_want := dot.fn_job_rate_take(v_lane.queue_id, v_want, v_lane.rate_limit, v_lane.rate_period);
      end if;
      continue when v_want <= 0;
      if v_lane.is_keyed then
        return query select c.*, null::text from dot.fn_job_claim_keyed(p_worker, v_lane.queue_id, v_lane.class_id, v_want, v_token, p_lease) c;
        get diagnostics v_got = row_count;
      else
        -- As fn_job_pick_open picks, and in one statement with the claim: to begin a second one is a tenth of what a single claim costs.
        v_floors := dot.fn_job_floors(v_lane.queue_id, v_lane.class_id);
        return query
          with picked as materialized (
            select x.job_id
              from generate_series(0, 9) p(priority)
             cross join lateral (
                select j.job_id from dot.job_queue j
                 where j.state = 'r' and j.concurrency_key is null and j.queue_id = v_lane.queue_id and j.class_id = v_lane.class_id
                   and j.priority = p.priority and j.ready_seq >= v_floors[p.priority + 1]
                 order by j.ready_seq limit v_want for update skip locked) x
             limit v_want
          )
          update dot.job_queue j
             set state = 'x', lease_token = greatest(j.lease_token + 1 + (v_token & 4194303), v_token), attempts = j.attempts + 1,
                 worker_id = p_worker, holder = v_me, claimed_at = clock_timestamp(), deadline_at = clock_timestamp() + least(p_lease, k.lease)
            from picked, dot.job_kind_registry k
           where j.job_id = picked.job_id and k.kind_id = j.kind_id
          returning j.job_id, j.lease_token, k.job_kind, k.executor_class, k.target, j.payload, j.attempts::int, k.timeout, j.deadline_at,
                    j.trace_id, j.correlation_id, j.run_id, null::text;
        get diagnostics v_got = row_count;
      end if;
      if v_lane.rate_limit is not null and v_got < v_want then
        perform dot.fn_job_rate_give(v_lane.queue_id, v_want - v_got);
      end if;
      v_left := v_left - v_got;
    end loop;
    exit when v_left <= 0 or v_left = p_limit or coalesce(v_lane.share, 1) = 1;
  end loop;
  if v_left = p_limit then
    -- Nothing, but not because the worker is another's.
    perform dot.fn_worker_own(p_worker);
  end if;
end
$$;
comment on function dot.fn_job_turn(uuid, text[], bigint[], bigint[], jsonb[], int, text[], interval) is
  'fn_job_complete and then fn_job_claim, of 0 to 10000 jobs, in one call and so in one commit: what a worker does between two jobs. Rows with the verdict stale are of those given that have another lease by now; the others given are in job_history. Rows without a verdict are what was claimed. DT403 for a worker that this login has not started.';

create or replace function dot.fn_job_run_sql(p_worker uuid, p_limit int default 100, p_queues text[] default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set jit = off set enable_bitmapscan = off
as $$
declare
  v_lane    record;
  v_kind    record;
  v_ids     bigint[];
  v_results jsonb[];
  v_want    int;
  v_left    int := p_limit;
  v_done    int := 0;
  v_failed  text[] := array[]::text[];
  v_single  boolean := false;
begin
  perform dot.fn_worker_able();
  if p_limit is null or p_limit not between 1 and 10000 then
    raise exception using errcode = 'DT400', message = format('a claim is of 1 to 10000 jobs, not %s', coalesce(p_limit::text, 'null'));
  end if;
  perform dot.fn_worker_own(p_worker);
  perform dot.fn_job_promote_due();
  perform dot.fn_job_history_day();
  -- Round 1: from each lane its share. Round 2: what is left from those that had more.
  for v_lane in
    select l.*, l.weight::float8 / sum(l.weight) over () * 2 as share, r.round
      from generate_series(1, 2) r(round) cross join dot.v_job_lane l
     -- A limit is counted under a lock until the commit: whoever carries jobs out in the same transaction would keep all others out.
     where l.max_running is null and l.rate_limit is null
       and (p_queues is null or l.queue_code = any (p_queues)) and l.executor_class in (
        select e.class_code from dot.queue_heartbeat h join dot.executor_class_registry e on e.class_code = any (h.classes)
         where h.worker_id = p_worker and e.executor_kind = 'database' and h.state <> 'draining' and (h.queues = '{}' or l.queue_code = any (h.queues)))
     order by r.round, random() ^ (1.0::float8 / l.weight) desc
  loop
    v_want := case v_lane.round when 1 then least(v_left, ceil(p_limit * v_lane.share)::int) else v_left end;
    continue when v_want <= 0;
    v_ids := dot.fn_job_pick_together(v_lane.queue_id, v_lane.class_id, v_lane.is_keyed, v_want, v_left = p_limit);
    v_left := v_left - cardinality(v_ids);
    for v_kind in
      select k.target, (k.target ->> 'set')::boolean is true as takes_set, array_agg(j.job_id order by j.priority, j.ready_seq) as jobs, array_agg(j.payload order by j.priority, j.ready_seq) as payloads,
             array_agg(j.trace_id order by j.priority, j.ready_seq) as traces, array_agg(j.lease_token order by j.priority, j.ready_seq) as tokens
        from dot.job_queue j join dot.job_kind_registry k using (kind_id)
       where j.job_id = any (v_ids)
       group by k.kind_id, k.target
    loop
      begin
        v_results := dot.fn_job_run_kind(v_kind.target, v_kind.jobs, v_kind.payloads, v_kind.traces);
        if dot.fn_job_settle(v_kind.jobs, p_worker, v_results) < cardinality(v_kind.jobs) then
          raise exception using errcode = 'DT409', message = 'a job was taken away while it was carried out';
        end if;
        v_done := v_done + cardinality(v_kind.jobs);
      exception
        -- Not the job's fault: the whole transaction is tried again.
        when serialization_failure or deadlock_detected or query_canceled then
          raise;
        when others or assert_failure then
          -- One bad job must not hold back the others: each gets a savepoint of its own.
          for n in 1 .. cardinality(v_kind.jobs) loop
            begin
              v_results := dot.fn_job_run_kind(v_kind.target, v_kind.jobs[n:n], v_kind.payloads[n:n], v_kind.traces[n:n]);
              if dot.fn_job_settle(v_kind.jobs[n:n], p_worker, v_results) < 1 then
                -- Its effect is taken back with this.
                raise exception using errcode = 'DT409', message = 'the job was taken away before it was carried out';
              end if;
              v_done := v_done + 1;
            exception
              when serialization_failure or deadlock_detected or query_canceled then
                raise;
              when others or assert_failure then
                v_failed := v_failed || dot.fn_job_fail_held(v_kind.jobs[n:n], v_kind.tokens[n:n], array[dot.fn_failure_class_of(sqlstate)],
                  array[jsonb_build_object('sqlstate', sqlstate, 'message', sqlerrm)], null, true);
            end;
          end loop;
      end;
      v_single := v_single or not v_kind.takes_set;
    end loop;
    exit when v_left <= 0 or v_single;
  end loop;
  -- While there is more to do here, the others have their turn now and then: to ask for them costs as much as a job.
  return jsonb_build_object('limited', case when v_left > 0 and not v_single or random() < 0.1 then dot.fn_job_limited(p_worker, p_queues) else '{}' end, 'succeeded', v_done, 'retry', cardinality(array_positions(v_failed, 'retry')), 'dead', cardinality(array_positions(v_failed, 'dead')),
    'longest_ms', (select (extract(epoch from min(k.timeout)) * 1000)::bigint from dot.job_kind_registry k join dot.executor_class_registry e on e.class_code = k.executor_class
                    where e.executor_kind = 'database' and k.status <> 'retired'));
end
$$;
comment on function dot.fn_job_run_sql(uuid, int, text[]) is
  'Carries out up to p_limit (1 to 10000) ready jobs of the worker''s executor classes of kind database, of the given queues (null: all active), in this transaction: their effect, their end and their place in job_history are committed together or not at all, so that each happens exactly once. A job whose function takes one job is carried out alone (see fn_job_pick_together): where it is first in line, this transaction is its own. Jobs whose function takes a set are carried out as one, under one savepoint; when that fails, each under its own, and the bad ones fail alone by their failure class. What no savepoint catches (a cancel, a failure at the commit, the end of the connection) ends the whole transaction: see fn_job_run_leased. Jobs of queues that limit how many run or start are not among them: each is claimed and carried out under a lease. Returns {succeeded, retry, dead, limited: the queues of the latter where some are ready, asked for when there is nothing more to do here, else each tenth time, longest_ms: the least time that a kind of these classes allows}. DT403 for a worker that this login has not started.';

create or replace function dot.fn_job_claim(
  p_worker uuid, p_classes text[], p_limit int default 1, p_queues text[] default null, p_lease interval default null)
returns table (job bigint, token bigint, kind text, class text, target jsonb, payload jsonb, attempt int, timeout interval, deadline_at timestamptz,
  trace_id text, correlation_id text, run_id uuid)
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare
  v_lane   record;
  v_left   int := p_limit;
  v_want   int;
  v_got    int;
begin
  if p_limit is null or p_limit not between 1 and 10000 then
    raise exception using errcode = 'DT400', message = format('a claim is of 1 to 10000 jobs, not %s', coalesce(p_limit::text, 'null'));
  end if;
  -- As fn_job_gate has it, but for its words.
  if not coalesce((select g.value = 'true' from dot.dot_config g where g.config_key = 'queue.worker.enabled'), false)
    or coalesce((select g.value = 'true' from dot.dot_config g where g.config_key = 'policy.freeze'), false)
  then
    return;
  end if;
  perform dot.fn_job_promote_due();
  -- Round 1: to each lane its share. Round 2: what is left to those that had more.
  for v_round in 1 .. 2 loop
    for v_lane in select * from dot.fn_job_lanes(p_queues, p_classes) loop
      v_want := case v_round when 1 then least(v_left, ceil(p_limit * v_lane.share)::int) else v_left end;
      exit when v_want <= 0;
      if v_lane.max_running is not null then
        v_want := dot.fn_job_room(v_lane.queue_id, v_lane.max_running, v_want);
      end if;
      if v_lane.rate_limit is not null and v_want > 0 then
        v_want := dot.fn_job_rate_take(v_lane.queue_id, v_want, v_lane.rate_limit, v_lane.rate_period);
      end if;
      continue when v_want <= 0;
      return query
        select c.job, c.token, c.kind, c.class, c.target, c.payload, c.attempt, c.timeout, c.deadline_at, c.trace_id, c.correlation_id, c.run_id
          from dot.fn_job_claim_lane(p_worker, v_lane.queue_id, v_lane.class_id, v_want, p_lease) c
         order by c.priority, c.ready_seq;
      get diagnostics v_got = row_count;
      if v_lane.rate_limit is not null and v_got < v_want then
        perform dot.fn_job_rate_give(v_lane.queue_id, v_want - v_got);
      end if;
      v_left := v_left - v_got;
    end loop;
    exit when v_left <= 0 or v_left = p_limit or coalesce(v_lane.lanes, 1) = 1;
  end loop;
end
$$;
comment on function dot.fn_job_claim(uuid, text[], int, text[], interval) is
  'Claims up to p_limit (1 to 10000) ready jobs of the given executor classes and queues (null: all active) for a worker, by priority and place in line, from several queues by their weights. Each is under a lease: its token must be given back with whatever is said about it later, before deadline_at (p_lease, else that of its kind, from now). attempt counts from 1. Nobody waits for anybody: what another claim holds is passed over. Returns nothing while gate queue.worker.enabled is closed.';

create or replace function dot.fn_job_claim(
  p_worker uuid, p_classes text[], p_limit int default 1, p_queues text[] default null, p_lease interval default null)
returns table (job bigint, token bigint, kind text, class text, target jsonb, payload jsonb, attempt int, timeout interval, deadline_at timestamptz,
  trace_id text, correlation_id text, run_id uuid)
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if p_limit < 1 then
    raise exception using errcode = 'DT400', message = format('a claim is of 1 to 10000 jobs, not %s', p_limit);
  end if;
  return query
    select t.job, t.token, t.kind, t.class, t.target, t.payload, t.attempt, t.timeout, t.deadline_at, t.trace_id, t.correlation_id, t.run_id
      from dot.fn_job_turn(p_worker, p_classes, '{}', '{}', null, p_limit, p_queues, p_lease) t;
end
$$;
comment on function dot.fn_job_claim(uuid, text[], int, text[], interval) is
  'Claims up to p_limit (1 to 10000) ready jobs of the given executor classes and queues (null: all active) for a worker that this login has started (DT403 for another), by priority and place in line, from several queues by their weights. Each is under a lease that this login holds: its token, greater than any before and not to be guessed, must be given back with whatever is said about it later, before deadline_at (p_lease from now, at most that of its kind). attempt counts from 1. Nobody waits for anybody: what another claim holds is passed over. Returns nothing while gate queue.worker.enabled is closed.';

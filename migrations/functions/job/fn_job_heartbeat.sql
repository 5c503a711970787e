create or replace function dot.fn_job_heartbeat(
  p_worker uuid, p_jobs bigint[] default '{}', p_tokens bigint[] default '{}', p_idle boolean default false, p_done bigint default 0, p_failed bigint default 0)
returns text[]
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set jit = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_kept jsonb;
  v_me   constant oid := to_regrole(quote_ident(session_user));
begin
  perform dot.fn_worker_able();
  update dot.queue_heartbeat
     set seen_at = clock_timestamp(), is_idle = p_idle, running = cardinality(p_jobs), done = done + greatest(p_done, 0), failed = failed + greatest(p_failed, 0),
         state = case state when 'silent' then 'active' else state end
   where worker_id = p_worker and login = session_user and state <> 'stopped';
  if not found then
    perform dot.fn_worker_own(p_worker);
  end if;
  if cardinality(p_jobs) = 0 then
    return array[]::text[];
  end if;
  -- Running jobs are told by claimed_at: by state they would be looked for in the index of all that run.
  with given as materialized (select u.job, u.token from unnest(p_jobs, p_tokens) u(job, token) order by u.job),
  longer as (
    update dot.job_queue j
       set deadline_at = clock_timestamp() + (select r.lease from dot.job_kind_registry r where r.kind_id = j.kind_id)
      from given g
     where j.job_id = g.job and j.lease_token = g.token and j.holder = v_me and j.claimed_at is not null
    returning g.job, g.token
  )
  select jsonb_object_agg(l.job, l.token) into v_kept from longer l;
  return array(select case when v_kept ->> u.job::text = u.token::text then 'ok' else 'stale' end from unnest(p_jobs, p_tokens) with ordinality u(job, token, n) order by u.n);
end
$$;
comment on function dot.fn_job_heartbeat(uuid, bigint[], bigint[], boolean, bigint, bigint) is
  'A worker is alive: one row says so, and the leases of the jobs named are longer by that of their kind from now. p_done, p_failed: jobs ended since the last one. One verdict for each job: ok, or stale: it is not this worker''s any more and should be stopped. DT403 once its actor is disabled: a lease that was extended meanwhile runs out.';

create or replace function dot.fn_job_release(p_jobs bigint[], p_tokens bigint[], p_delay interval default '0') returns text[]
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set jit = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_back jsonb;
  v_me   constant oid := to_regrole(quote_ident(session_user));
begin
  perform dot.fn_worker_able();
  if p_delay is null or p_delay not between interval '0' and interval '1 day' then
    raise exception using errcode = 'DT400', message = format('jobs are given back for at most a day, not for %s', coalesce(p_delay::text, 'null'));
  end if;
  -- Running jobs are told by claimed_at: by state they would be looked for in the index of all that run.
  with given as materialized (select u.job, u.token from unnest(p_jobs, p_tokens) u(job, token) order by u.job),
  back as (
    update dot.job_queue j
       set state = case when p_delay > interval '0' then 'd' else 'r' end, run_at = clock_timestamp() + p_delay, attempts = j.attempts - 1,
           ready_seq = nextval('dot.job_seq'), claimed_at = null, deadline_at = null, slot = null, worker_id = null, holder = null
      from given g
     where j.job_id = g.job and j.lease_token = g.token and j.holder = v_me and j.claimed_at is not null
    returning g.job, g.token
  )
  select jsonb_object_agg(b.job, b.token) into v_back from back b;
  if (select count(*) from jsonb_object_keys(v_back)) is distinct from cardinality(p_jobs) then
    perform dot.fn_job_stopped(p_jobs, p_tokens);
  end if;
  return array(select case when v_back ->> u.job::text = u.token::text then 'ok' else 'stale' end from unnest(p_jobs, p_tokens) with ordinality u(job, token, n) order by u.n);
end
$$;
comment on function dot.fn_job_release(bigint[], bigint[], interval) is
  'Gives claimed jobs back untried, for now or for after p_delay (at most a day, else DT400): the attempt does not count. One verdict for each: ok, or stale: another lease, or another login''s.';

create or replace function dot.fn_lease_check() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('ok', count(*) = 0, 'expired', count(*))
    from dot.job_queue j where j.state = 'x' and j.deadline_at < statement_timestamp() - interval '5 seconds'
$$;
comment on function dot.fn_lease_check() is
  'Whether every running job has a lease that is good: {ok, expired: how many ran out over five seconds ago}. Those that run out just now are rescued by the next worker''s housekeeping.';

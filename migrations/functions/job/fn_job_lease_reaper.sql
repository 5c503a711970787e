create or replace function dot.fn_job_lease_reaper(p_limit int default 1000) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set jit = off set enable_bitmapscan = off
as $$
declare
  c_error    constant jsonb := jsonb_build_object('message', 'the lease expired: its worker was killed, cut off, or too slow');
  v_refusal  jsonb := dot.fn_job_gate('queue.lease_reaper.enabled');
  v_jobs     bigint[];
  v_tokens   bigint[];
  v_verdicts text[];
begin
  perform dot.fn_actor_able();
  if v_refusal is not null then
    return v_refusal;
  end if;
  -- What is being completed right now is locked, and passed over; it will be gone.
  select array_agg(e.job_id order by e.job_id), array_agg(e.lease_token order by e.job_id) into v_jobs, v_tokens
    from (select j.job_id, j.lease_token from dot.job_queue j
           where j.state = 'x' and j.deadline_at < clock_timestamp() order by j.deadline_at limit p_limit for update skip locked) e;
  if v_jobs is null then
    return jsonb_build_object('rescued', 0, 'dead', 0);
  end if;
  begin
    v_verdicts := dot.fn_job_fail_held(v_jobs, v_tokens, array_fill('lease_expired'::text, array[cardinality(v_jobs)]),
      array_fill(c_error, array[cardinality(v_jobs)]), null, true);
  exception when others or assert_failure then
    -- Each alone, then: one that cannot be rescued leaves the others to be.
    for n in 1 .. cardinality(v_jobs) loop
      begin
        v_verdicts := v_verdicts || dot.fn_job_fail_held(v_jobs[n:n], v_tokens[n:n], array['lease_expired'], array[c_error], null, true);
        perform dot.fn_job_duty_note('reaped', v_jobs[n]::text);
      exception when others or assert_failure then
        perform dot.fn_job_duty_note('reaped', v_jobs[n]::text, sqlstate, sqlerrm);
      end;
    end loop;
  end;
  return jsonb_build_object('rescued', cardinality(array_positions(v_verdicts, 'retry')), 'dead', cardinality(array_positions(v_verdicts, 'dead')));
end
$$;
comment on function dot.fn_job_lease_reaper(int) is
  'Rescues running jobs whose lease has expired, whatever has become of their worker: back in line by the retry policy of failure class lease_expired, or dead. Each expiry is rescued once, also by several reapers at a time. Returns {rescued, dead}, or a refusal while gate queue.lease_reaper.enabled is closed.';

do $$
declare
  v_leases jsonb;
  v_job    bigint;
begin
  perform dot.fn_job_enqueue('system.noop_leased', '{"$for": {"actor": "rev", "kind": "human"}}');
  v_leases := test.claimed(test.worker());
  select job_id into v_job from dot.job_queue;
  perform test.equal(dot.fn_job_wanted_by(v_job::text, v_leases ->> v_job::text), '{}');
end
$$;

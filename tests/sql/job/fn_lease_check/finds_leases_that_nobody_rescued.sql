do $$
declare
  v_worker uuid := test.worker();
  v_jobs   bigint[] := test.jobs();
  v_leases jsonb := test.claimed(v_worker);
begin
  assert dot.fn_lease_check() @> '{"ok": true}';
  update dot.job_queue set deadline_at = clock_timestamp() - interval '1 minute' where job_id = v_jobs[1];
  assert dot.fn_lease_check() @> '{"ok": false, "expired": 1}';
  perform dot.fn_lease_reap();
  assert dot.fn_lease_check() @> '{"ok": true}', 'the command rescues';
end
$$;

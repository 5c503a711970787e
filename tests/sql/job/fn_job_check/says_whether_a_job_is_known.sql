do $$
declare
  v_jobs bigint[] := test.jobs();
begin
  assert dot.fn_job_check(v_jobs[1]) @> '{"ok": true, "state": "ready"}';
  assert dot.fn_job_check(0) @> '{"ok": false}';
  assert dot.fn_job_check() @> '{"ok": true}';
end
$$;

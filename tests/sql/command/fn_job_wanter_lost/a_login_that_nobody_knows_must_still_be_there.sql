do $$
declare
  v_login constant text := test.login('temp', '{dot_operator}');
  v_worker uuid := test.worker('{dot}');
  v_lease  record;
begin
  perform test.by(v_login, $q$select dot.fn_job_enqueue('system.command', '{"command": "queue pause", "args": {"queue": "bench"}}')::text$q$);
  select c.job, c.token into v_lease from dot.fn_job_claim(v_worker, '{dot}', 1) c;
  perform set_config('dot.for_job', v_lease.job::text, true), set_config('dot.for_token', v_lease.token::text, true);
  perform test.equal(dot.fn_job_wanter_lost('{dot_operator}'), null, 'it is there');
  assert dot.fn_job_wanter_lost('{dot_admin}') is not null, 'it never had that';
  execute format('revoke dot_operator from %I', v_login);
  assert dot.fn_job_wanter_lost('{dot_operator}') is not null, 'it has lost it';
  execute format('drop owned by %I; drop role %I', v_login, v_login);
  assert dot.fn_job_wanter_lost('{dot_operator}') is not null, 'it is gone';
end
$$;

-- The switch that takes a job without a lease is for functions of the platform.
do $$
declare
  v_login text;
begin
  foreach v_login in array array['reader', 'operator', 'reviewer', 'worker', 'agent', 'admin', 'breakglass'] loop
    perform test.equal(test.by(test.login(v_login, array['dot_' || v_login]),
      $q$select dot.fn_job_fail_held('{1}', '{0}', '{permanent}', '{}', null, true)$q$), '42501', v_login);
  end loop;
  perform test.equal(dot.fn_job_fail_held(test.jobs(), '{0}', '{permanent}', null, null, false), '{stale}'::text[], 'nobody holds nothing');
end
$$;

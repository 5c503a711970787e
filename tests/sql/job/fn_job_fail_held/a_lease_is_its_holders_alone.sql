-- Who knows a token but did not claim the job has no say in it, whatever else they may do.
do $$
declare
  v_mine   constant text := test.login('mine', '{dot_worker}');
  v_other  constant text := test.login('other', '{dot_worker,dot_operator,dot_admin}');
  v_jobs   bigint[] := test.jobs(5);
  v_worker text;
  v_token  text;
  v_call   text;
begin
  v_worker := test.by(v_mine, $q$select dot.fn_worker_start('{render}') ->> 'worker'$q$);
  v_token := test.by(v_mine, format($q$select min(token) from dot.fn_job_claim(%L, '{render}', 5)$q$, v_worker));
  perform test.equal((select bool_and(holder = to_regrole(v_mine)) from dot.job_queue where state = 'x'), true);
  foreach v_call in array array[
    'select dot.fn_job_complete(array[%s], array[%s])',
    'select dot.fn_job_fail(array[%s], array[%s], null)',
    'select dot.fn_job_fail_transient(array[%s], array[%s])',
    'select dot.fn_job_fail_permanent(array[%s], array[%s])',
    'select dot.fn_job_release(array[%s], array[%s])']
  loop
    perform test.equal(test.by(v_other, format(v_call, v_jobs[1], v_token)), '{stale}', v_call);
    assert test.by(v_mine, format(v_call, v_jobs[1], v_token)) in ('{ok}', '{retry}', '{dead}'), v_call;
    v_jobs := v_jobs[2:];
  end loop;
end
$$;

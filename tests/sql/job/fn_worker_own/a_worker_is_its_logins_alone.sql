do $$
declare
  v_mine   constant text := test.login('mine', '{dot_worker}');
  v_other  constant text := test.login('other', '{dot_worker}');
  v_worker text;
  v_call   text;
begin
  v_worker := test.by(v_mine, $q$select dot.fn_worker_start('{render,sql}') ->> 'worker'$q$);
  perform test.equal((select login from dot.queue_heartbeat where worker_id = v_worker::uuid), v_mine);
  perform test.jobs(3);
  foreach v_call in array array[
    $q$select count(*) from dot.fn_job_claim(%L, '{render}', 1)$q$,
    $q$select count(*) from dot.fn_job_turn(%L, '{render}', '{}', '{}')$q$,
    $q$select dot.fn_job_run_sql(%L) is not null$q$,
    $q$select dot.fn_job_heartbeat(%L)$q$,
    $q$select dot.fn_worker_stop(%L, 'stopped') is not null$q$]
  loop
    perform test.equal(test.by(v_other, format(v_call, v_worker)), 'DT403', v_call);
    perform test.equal(test.by(v_mine, format(v_call, gen_random_uuid())), 'DT403', v_call || ', made up');
    assert test.by(v_mine, format(v_call, v_worker)) !~ '^[0-9A-Z]{5}$', v_call;
  end loop;
  perform test.equal(test.by(v_mine, format($q$select count(*) from dot.fn_job_claim(%L, '{render}', 1)$q$, v_worker)), 'DT403', 'what is stopped takes nothing');
  perform test.raises('DT403', 'select dot.fn_worker_own(null)');
end
$$;

do $$
declare
  v_worker uuid := test.worker();
  v_lease  record;
  v_said   text;
begin
  foreach v_said in array array['complete', 'fail', 'release', 'stop', 'time'] loop
    perform dot.fn_job_enqueue('system.noop_leased', p_concurrency_key => v_said);
    select c.job, c.token into v_lease from dot.fn_job_claim(v_worker, '{render}', 1) c;
    perform dot.fn_job_enqueue('system.noop_leased', p_concurrency_key => v_said);
    perform dot.fn_job_cancel_many(array[v_lease.job]);
    perform test.equal((select count(*) from dot.fn_job_claim(v_worker, '{render}', 1)), 0::bigint, v_said || ': it may still run');
    perform dot.fn_job_stopped(array[v_lease.job], array[v_lease.token + 1]);
    perform test.equal((select count(*) from dot.job_stopping), 1::bigint, 'not under another lease');
    perform test.by(test.login('other_' || v_said, '{dot_worker}'), format('select dot.fn_job_complete(array[%s], array[%s])::text', v_lease.job, v_lease.token));
    perform test.equal((select count(*) from dot.job_stopping), 1::bigint, 'nor by another login');
    case v_said
      when 'complete' then perform dot.fn_job_complete(array[v_lease.job], array[v_lease.token]);
      when 'fail' then perform dot.fn_job_fail(array[v_lease.job], array[v_lease.token], array[null]);
      when 'release' then perform dot.fn_job_release(array[v_lease.job], array[v_lease.token]);
      when 'stop' then perform dot.fn_worker_stop(v_worker, 'stopped');
        v_worker := test.worker();
      else
        update dot.job_stopping set until = clock_timestamp();
    end case;
    perform test.equal((select count(*) from dot.fn_job_claim(v_worker, '{render}', 1)), 1::bigint, v_said || ': it does not run');
  end loop;
  perform dot.fn_job_forget();
  perform test.equal((select count(*) from dot.job_stopping), 0::bigint, 'forgotten');
end
$$;

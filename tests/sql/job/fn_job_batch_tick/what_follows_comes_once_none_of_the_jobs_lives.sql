do $$
declare
  v_worker uuid := test.worker();
  v_batch  uuid := (dot.fn_batch_open('letters', 'system.noop') ->> 'batch')::uuid;
  v_leases jsonb;
begin
  perform dot.fn_job_enqueue_many('system.noop_leased', array_fill('{}'::jsonb, array[5]), p_batch => v_batch);
  v_leases := test.claimed(v_worker, 4);
  perform dot.fn_job_complete(test.job_ids(v_leases), test.tokens(v_leases));
  perform test.equal(dot.fn_job_batch_tick(), 0, 'not sealed');
  perform dot.fn_batch_seal(v_batch);
  perform test.equal(dot.fn_job_batch_tick(), 0, 'one lives');
  v_leases := test.claimed(v_worker, 4);
  perform dot.fn_job_fail_permanent(test.job_ids(v_leases), test.tokens(v_leases));
  perform test.equal(dot.fn_job_batch_tick(), 1);
  perform test.equal(dot.fn_job_batch_tick(), 0, 'once');
  perform test.equal((select format('%s %s %s', total, succeeded, dead) from dot.fn_batch_list()), '5 4 1');
  perform test.equal((select array_agg(payload ->> 'batch') from dot.job_queue), array[v_batch::text], 'the job that was asked for');
end
$$;

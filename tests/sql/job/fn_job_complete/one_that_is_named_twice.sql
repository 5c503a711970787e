-- A lease that is over is stale beside the one that holds, in every word that a worker says of its jobs.
do $$
declare
  v_worker uuid := test.worker();
  v_job    bigint;
  v_old    bigint;
  v_new    bigint;
  v_word   text;
begin
  foreach v_word in array array['fn_job_heartbeat(%4$L, ', 'fn_job_release(', 'fn_job_complete(', 'fn_job_fail_transient(', 'fn_job_fail_permanent('] loop
    v_job := (test.jobs(1))[1];
    v_old := (test.claimed(v_worker, 1) ->> v_job::text)::bigint;
    perform dot.fn_job_release(array[v_job], array[v_old]);
    v_new := (test.claimed(v_worker, 1) ->> v_job::text)::bigint;
    assert v_old <> v_new;
    execute format('select array_agg(v = ''stale'' order by n) = array[true, false] from unnest(dot.' || v_word || 'array[%1$s, %1$s], array[%2$s, %3$s]%5$s)) with ordinality u(v, n)',
      v_job, v_old, v_new, v_worker, case when v_word like 'fn_job_fail%' then ', array[''{}''::jsonb, ''{}'']' else '' end) into strict v_word;
    perform test.equal(v_word, 'true');
    delete from dot.job_queue where job_id = v_job;
  end loop;
end
$$;

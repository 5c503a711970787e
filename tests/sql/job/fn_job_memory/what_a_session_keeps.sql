-- What is remembered of lines is given back, and nothing else.
do $$
declare
  v_worker uuid := test.worker();
  v_lane   text;
begin
  perform test.equal(dot.fn_job_memory(), '{}'::text[]);
  perform test.jobs(1);
  perform test.claimed(v_worker, 1);
  perform set_config('dot.other', 'x', false);
  assert cardinality(dot.fn_job_memory()) > 0 and (select bool_and(m ~ '^dot\.(floor|key)_[0-9]+_[0-9]+=.') from unnest(dot.fn_job_memory()) m), dot.fn_job_memory()::text;
  -- What a job put in its place is either not kept, or not believed.
  for v_lane in select format('dot.floor_%s_%s', l.queue_id, l.class_id) from dot.job_lane l loop
    perform set_config(v_lane, array_fill(999999999999999999, array[22])::text, false);
  end loop;
  perform test.jobs(1);
  perform test.equal((select count(*) from jsonb_object_keys(test.claimed(v_worker, 1))), 1::bigint, 'its line is looked at as a whole');
  for v_lane in select format('dot.floor_%s_%s', l.queue_id, l.class_id) from dot.job_lane l loop
    perform set_config(v_lane, '{99999999999999999999}', false);
  end loop;
  assert not exists (select 1 from unnest(dot.fn_job_memory()) m where m like 'dot.floor%'), dot.fn_job_memory()::text;
end
$$;

do $$
declare
  v_held jsonb;
  v_wide constant jsonb := jsonb_build_object('x', repeat('a', 2000000));
begin
  perform test.jobs(1, 'system.noop_leased');
  v_held := test.claimed(test.worker('{render}'));
  perform test.raises('DT400', format('select dot.fn_job_complete(%L, %L, array[%L::jsonb])', test.job_ids(v_held), test.tokens(v_held), v_wide), 'element 1:%');
  perform test.equal(dot.fn_job_fail(test.job_ids(v_held), test.tokens(v_held), array['transient'], array[v_wide || '{"message": "wide", "retry_after": -1e400}']), '{dead}'::text[]);
  perform test.equal((select error - 'bytes' || jsonb_build_object('large', (error ->> 'bytes')::int > 2000000) from dot.job_dead_letter), '{"message": "wide", "large": true}'::jsonb);
end
$$;

do $$
declare
  v_batch uuid := (dot.fn_batch_open('x') ->> 'batch')::uuid;
begin
  perform dot.fn_batch_seal(v_batch);
  perform test.equal(dot.fn_job_batch_tick(), 1);
  perform test.equal((select complete_job from dot.fn_batch_list(v_batch)), null::bigint, 'and nothing follows');
end
$$;

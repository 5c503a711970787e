do $$
declare
  v_batch uuid := (dot.fn_batch_open('x') ->> 'batch')::uuid;
begin
  perform dot.fn_job_batch_add(v_batch, 3);
  perform test.equal((select total from dot.fn_batch_list(v_batch)), 3::bigint);
  perform dot.fn_batch_seal(v_batch);
  perform test.raises('DT404', format('select dot.fn_job_batch_add(%L, 1)', v_batch));
end
$$;

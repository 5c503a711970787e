do $$
declare
  v_batch uuid := (dot.fn_batch_open('x') ->> 'batch')::uuid;
begin
  perform dot.fn_job_cancel_many(array[(dot.fn_job_enqueue('system.noop', p_batch => v_batch) ->> 'job')::bigint]);
  perform dot.fn_batch_seal(v_batch);
  perform test.equal((select state || ' ' || live || cancelled || succeeded || dead from dot.fn_batch_list() where batch = v_batch), 'running 0100');
end
$$;

do $$
begin
  perform dot.fn_context_put('job_for', 'kept');
  perform test.equal(dot.fn_context_get('job_for'), 'kept');
  perform set_config('dot.job_for', '', true);
  perform test.equal(dot.fn_context_get('job_for'), null::text);
end
$$;

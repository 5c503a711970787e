-- What runs later was judged by what it names, so it names it whole, however deep it is wrapped.
do $$
declare
  v_batch uuid := dot.fn_batch_open('b', 'system.command', '{"command": "job cancel", "args": {"jobs": ["1"]}}') ->> 'batch';
  v_seal  jsonb := jsonb_build_object('command', 'batch seal', 'args', jsonb_build_object('batch', left(v_batch::text, 35)));
begin
  perform test.refused(dot.fn_job_enqueue('system.command', v_seal), 'partial_id');
  perform test.refused(dot.fn_job_enqueue('system.command', jsonb_build_object('command', 'job enqueue', 'args', jsonb_build_object('kind', 'system.command', 'payload', v_seal))), 'partial_id');
  perform test.refused(dot.fn_batch_open('c', 'system.command', v_seal), 'partial_id');
  assert dot.fn_job_enqueue('system.command', jsonb_set(v_seal, '{args,batch}', to_jsonb(upper(replace(v_batch::text, '-', ''))))) ? 'job', 'whole, however it is written';
end
$$;

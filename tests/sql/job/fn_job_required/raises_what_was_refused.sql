do $$
begin
  perform dot.fn_job_required('{"job": 1}');
  perform test.raises('DT409', $q$select dot.fn_job_required(dot.fn_command_refusal('DT409', 'gate_closed', 'the gate is closed', 'open it'))$q$, 'the gate is closed');
  perform test.raises('DT500', $q$select dot.fn_job_required(null)$q$);
  perform test.raises('DT500', $q$select dot.fn_job_required('{"job": null, "replayed": true}')$q$);
end
$$;

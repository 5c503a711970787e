do $$
begin
  perform test.equal(dot.fn_failure_class_of('XXZZZ'), 'transient', 'unknown');
  update dot.failure_class_registry set sqlstates = '{}';
  update dot.failure_class_registry set sqlstates = '{40,40P01}' where failure_class = 'permanent';
  update dot.failure_class_registry set sqlstates = '{40001}' where failure_class = 'transient';
  perform test.equal(dot.fn_failure_class_of('40P01'), 'permanent');
  perform test.equal(dot.fn_failure_class_of('40001'), 'transient', 'the whole code');
  perform test.equal(dot.fn_failure_class_of('40999'), 'permanent', 'its first two characters');
end
$$;

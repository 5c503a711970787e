do $$
begin
  update dot.dot_config set value = 'false' where config_key = 'queue.worker.enabled';
  perform test.equal(dot.fn_problem_gate('queue.worker.enabled'), 'dot gate set queue.worker.enabled open --yes');
  update dot.dot_config set value = 'true' where config_key = 'queue.worker.enabled';
  perform test.equal(dot.fn_problem_gate('queue.worker.enabled'), null);
end
$$;

do $$
begin
  perform test.equal(dot.fn_problem_set('queue.worker.enabled', 'open'), 'dot gate set queue.worker.enabled open --yes');
  perform test.equal(dot.fn_problem_set('budget.human.runs_per_hour', '4'), format('dot gate set budget.human.runs_per_hour 4 --confirm %s', current_database()));
  perform test.equal(dot.fn_problem_set('no.such', 'x'), null::text);
end
$$;

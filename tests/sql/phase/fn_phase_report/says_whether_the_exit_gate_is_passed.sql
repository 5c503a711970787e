do $$
declare
  v_report jsonb := dot.fn_phase_report('0');
begin
  assert v_report ->> 'ok' = 'false', 'not before autowire and verify have run';
  assert v_report ->> 'markdown' like '# Phase 0 report%## Survey%## Exit gate%## Forbidden side effects%', 'with all its parts';
  assert v_report ->> 'markdown' like '%| a unit was handed to a vector store | 0 | true | select count(*)%', 'with each query and its result';
end
$$;

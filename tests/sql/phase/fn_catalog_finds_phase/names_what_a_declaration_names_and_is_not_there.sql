select set_config('dot.birth', '{"source": "catalog"}', true);
do $$
begin
  assert not exists (select 1 from dot.fn_catalog_finds_phase('[]')), 'the phases of the program are whole';
  insert into dot.phase_registry (phase_code, title, summary, exercise_function, steps) values ('97', 'Scratch', 'scratch', 'fn_phase97_no_such', '[
    {"gate": "no.such.gate", "turns_on": "x"}, {"gate": "policy.freeze", "turns_on": "y", "trial": "fn_phase97_trial", "turn": "fn_phase0_turn"}]');
  assert (select array_agg(finding || ' ' || substring(detail from '(no\.such\.gate|fn_phase\w+)') order by detail) from dot.fn_catalog_finds_phase('[]'))
    = array['missing_function fn_phase97_no_such', 'missing_function fn_phase97_trial', 'missing_gate no.such.gate'],
    (select string_agg(detail, '; ') from dot.fn_catalog_finds_phase('[]'));
  assert dot.fn_catalog_check('[]') -> 'findings' @> '[{"finding": "missing_gate"}]', 'catalog check tells it';
end
$$;

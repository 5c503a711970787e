do $$
declare
  v_sound jsonb := '{"steps": [{"gate": "a", "turns_on": "b"}], "checks": [{"promise": "p", "query": "select true as kept"}], "forbidden": [], "facts": {}, "residue": {}, "report": [], "needs": {}}';
begin
  assert dot.fn_phase_validate(v_sound) is null, dot.fn_phase_validate(v_sound);
  assert dot.fn_phase_validate(v_sound || '{"facts": {"n": 1}}') = 'facts.n has no query that is a text';
  assert dot.fn_phase_validate(v_sound || '{"facts": {"n": "select 1; select 2"}}') = 'the query of facts.n is more than one statement';
  assert dot.fn_phase_validate(v_sound || '{"checks": [{"promise": "p"}]}') = 'a check has no query that is a text';
  assert dot.fn_phase_validate(v_sound || '{"checks": [{"query": "select 1"}]}') = 'a check does not say what it promises';
  assert dot.fn_phase_validate(v_sound || '{"forbidden": [{"query": "select 1"}]}') = 'a forbidden item does not say what must not be';
  assert dot.fn_phase_validate(v_sound || '{"steps": [{"gate": "a"}]}') = 'a step has no gate, or does not say what it turns on';
  assert dot.fn_phase_validate(v_sound || '{"steps": [{"gate": "a", "turns_on": "b", "trail": "c"}]}') = 'a step has no member trail';
  assert dot.fn_phase_validate(v_sound || '{"steps": [{"gate": "a", "turns_on": "b"}, {"gate": "a", "turns_on": "c"}]}') = 'gate a is in two steps';
  assert dot.fn_phase_validate(v_sound || '{"report": [{"title": "t", "query": "select 1"}]}') = 'a section of the report has no title or no columns';
  assert dot.fn_phase_validate(v_sound || '{"needs": {"table": {}}}') = 'needs has no member table';
end
$$;

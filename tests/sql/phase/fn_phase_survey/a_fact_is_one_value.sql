do $$
declare
  v_survey jsonb;
begin
  -- A run, whose change the declaration then is.
  perform dot.fn_gate_set('test.clock', 'open');
  perform set_config('dot.birth', '{"source": "catalog"}', true);
  perform dot.fn_registry_sync(test.registry('phases'), '{"9": {"title": "T", "summary": "s", "facts": {"one": "select 7", "wide": "select 1 as a, 2 as b", "long": "select generate_series(1, 2)"}}}');
  v_survey := dot.fn_phase_survey('9');
  assert v_survey @> '{"one": 7, "wide": {"error": "it gave no fact: one row of one value"}, "long": {"error": "it gave no fact: one row of one value"}}', v_survey::text;
end
$$;

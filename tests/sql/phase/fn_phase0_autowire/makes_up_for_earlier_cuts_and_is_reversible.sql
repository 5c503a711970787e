do $$
declare
  v_done jsonb;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n', e'# B\n']));
  assert dot.fn_phase0_wiring() ->> 'ok' = 'false', 'not wired at first';
  v_done := dot.fn_phase0_autowire();
  assert v_done @> '{"wired": true, "former": false, "backfilled": 1, "failed": 0}', v_done::text;
  assert (select count(*) from dot.iu_three_axis_envelope) = 2 and dot.fn_phase0_wiring() ->> 'ok' = 'true', 'the earlier cut has its axes';
  perform dot.fn_iu_import(dot.fn_phase0_scratch('b.md', array[e'# C\n']));
  assert (select count(*) from dot.iu_three_axis_envelope) = 3, 'a new one has them by itself';
  assert not dot.fn_phase0_autowire() ? 'inverse', 'again changes nothing, so there is nothing to take back';
  perform dot.fn_phase0_autowire((v_done #>> '{inverse,revert}')::boolean, (v_done #>> '{inverse,expect}')::boolean);
  assert not dot.fn_iu_wired() and not dot.fn_gate_open('iu.post_cut.autowire'), 'off again';
  assert dot.fn_phase0_autowire(true) @> '{"refused": true, "code": "DT409"}', 'and not twice';
end
$$;

do $$
begin
  perform dot.fn_phase0_wire(true), dot.fn_gate_write('iu.post_cut.autowire', 'false');
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n']));
  assert not exists (select 1 from dot.consumer_delivery) and not exists (select 1 from dot.iu_three_axis_envelope), 'the gate is closed';
  assert dot.fn_consumer_retry('iu.axis_materialize') @> '{"refused": true, "code": "DT423"}', 'and a retry says so';
end
$$;

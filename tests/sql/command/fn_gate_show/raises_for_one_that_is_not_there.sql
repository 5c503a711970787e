do $$
begin
  assert dot.fn_gate_show('test.clock') @> '{"gate": "test.clock"}';
  perform test.raises('DT404', $q$select dot.fn_gate_show('no.such')$q$);
end
$$;

do $$
begin
  perform dot.fn_gate_set('iu.import.max_bytes', '5');
  assert (select reason from dot.fn_iu_import_check(dot.fn_phase0_scratch('x.md', array[e'# One\n']))) = 'too_large', 'six bytes are too many';
  perform dot.fn_gate_set('iu.import.max_bytes', '6');
  assert (select reason from dot.fn_iu_import_check(dot.fn_phase0_scratch('x.md', array[e'# One\n']))) is null, 'six bytes are allowed';
end
$$;

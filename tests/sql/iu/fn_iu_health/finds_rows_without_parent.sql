do $$
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n']));
  assert not exists (select 1 from dot.fn_iu_health() where state = 'red'), 'nothing is red';
  delete from dot.information_unit;
  assert (select state from dot.fn_iu_health() where item = 'rows without parent') = 'red', 'a unit was deleted from under its version';
end
$$;

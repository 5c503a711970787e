do $$
declare
  v_unit uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n1\n2\n3\n']));
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n1\ntwo\nand\n3\n']));
  select unit into v_unit from dot.fn_iu_list('a.md');
  assert (select array_agg(mark || content) from dot.fn_iu_diff(v_unit)) = array[' # A', ' 1', '-2', '+two', '+and', ' 3', ' '],
    (select array_agg(mark || content) from dot.fn_iu_diff(v_unit))::text;
end
$$;

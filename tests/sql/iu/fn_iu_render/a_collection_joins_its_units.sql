do $$
declare
  v_units uuid[];
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n', e'# B']) || dot.fn_phase0_scratch('b.md', array[e'# C\n']));
  v_units := array(select unit from dot.fn_iu_list());
  perform dot.fn_iu_compose('book', p_unit => array[v_units[2], v_units[3], v_units[1]]);
  assert dot.fn_iu_render('book') ->> 'text' = e'# B\n# C\n# A\n', dot.fn_iu_render('book')::text;
  perform dot.fn_iu_compose('whole', p_template => 'whole-document', p_document => 'a.md');
  assert dot.fn_iu_render('whole') ->> 'text' = e'# A\n# B', 'a whole document comes back byte for byte';
end
$$;

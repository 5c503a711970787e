do $$
declare
  v_unit uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\nold\n']));
  select unit into v_unit from dot.fn_iu_list('a.md');
  perform dot.fn_iu_compose('pinned', p_unit => array[v_unit], p_pin => true), dot.fn_iu_compose('following', p_unit => array[v_unit]);
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\nnew\n']));
  assert dot.fn_iu_render('pinned') ->> 'text' = e'# A\nold\n', 'pinned';
  assert dot.fn_iu_render('following') ->> 'text' = e'# A\nnew\n', 'following';
  assert (select stale from dot.fn_iu_collections() where collection = 'pinned') = 1, 'and the list says that it moved on';
end
$$;

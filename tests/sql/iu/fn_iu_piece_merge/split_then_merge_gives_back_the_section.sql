do $$
declare
  v_unit  uuid;
  v_parts uuid[];
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'# A\nbcdefgh\n']));
  select unit into v_unit from dot.fn_iu_list('a.md') where path = 'a';
  perform dot.fn_iu_piece_split(v_unit, array[4, 6],
    dot.fn_review_record('iu_split', dot.fn_iu_operation_split(v_unit, array[4, 6]), 'approved', 'x', '[]', 'reviewer', 'human', null, false));
  v_parts := array(select unit from dot.fn_iu_list('a.md') where path like 'a%');
  perform dot.fn_iu_piece_merge(v_parts,
    dot.fn_review_record('iu_merge', dot.fn_iu_operation_merge(v_parts), 'approved', 'x', '[]', 'reviewer', 'human', null, false));
  assert (select dot.fn_iu_show(unit) ->> 'body' from dot.fn_iu_list('a.md') where path = 'a') = e'# A\nbcdefgh\n', 'the original bytes';
  assert (select block from dot.iu_tree_path where active and path = 'a') is null, 'and it is an ordinary section again';
end
$$;

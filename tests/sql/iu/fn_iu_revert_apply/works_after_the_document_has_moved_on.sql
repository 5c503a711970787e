do $$
declare
  v_units uuid[];
  v_merge uuid;
  v_back  uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'# A\na\n', e'# B\nb\n']));
  v_units := array(select unit from dot.fn_iu_list('a.md') where path in ('a', 'b'));
  v_merge := (dot.fn_proposal_submit('iu_merge', jsonb_build_object('units', v_units)) ->> 'proposal')::uuid;
  perform dot.fn_review_record(v_merge, 'approved', 'x', '[]', 'reviewer', 'human', null, false);
  perform dot.fn_proposal_apply(v_merge);
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\nlonger\n', e'# A\na\n', e'# B\nb\n']));
  v_back := (dot.fn_proposal_submit('iu_revert', jsonb_build_object('undo', v_merge)) ->> 'proposal')::uuid;
  perform dot.fn_review_record(v_back, 'approved', 'x', '[]', 'reviewer', 'human', null, false);
  perform dot.fn_proposal_apply(v_back);
  assert array(select unit from dot.fn_iu_list('a.md') where path in ('a', 'b')) = v_units, 'the merged units are back in the new version';
  assert (select array_agg(lines) from dot.fn_iu_tree('a.md')) = array['1-2', '3-4', '5-6'], 'at their new lines';
  assert dot.fn_iu_render('a.md') ->> 'exact' = 'true', 'exact';
end
$$;

do $$
declare
  v_before text;
  v_unit   uuid;
  v_split  uuid;
  v_back   uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'# A\nbcdefgh\n', e'# Z\n']));
  select string_agg(l::text, '|') into v_before from dot.fn_iu_list('a.md') l;
  select unit into v_unit from dot.fn_iu_list('a.md') where path = 'a';
  v_split := (dot.fn_proposal_submit('iu_split', jsonb_build_object('unit', v_unit, 'at', array[4])) ->> 'proposal')::uuid;
  perform dot.fn_review_record(v_split, 'approved', 'x', '[]', 'reviewer', 'human', null, false);
  perform dot.fn_proposal_apply(v_split);
  v_back := (dot.fn_proposal_submit('iu_revert', jsonb_build_object('undo', v_split)) ->> 'proposal')::uuid;
  assert dot.fn_proposal_apply(v_back) ->> 'refused' = 'true', 'not by the approval that split it';
  perform dot.fn_review_record(v_back, 'approved', 'x', '[]', 'reviewer', 'human', null, false);
  perform dot.fn_proposal_apply(v_back);
  assert v_before = (select string_agg(l::text, '|') from dot.fn_iu_list('a.md') l), 'all is as it was, with the same ids';
  assert dot.fn_iu_show(v_unit) ->> 'state' = 'active', 'active again';
  assert dot.fn_iu_plan_revert(v_split) ->> 'refused' = 'true', 'and cannot be taken back twice';
  assert dot.fn_iu_render('a.md') ->> 'exact' = 'true', 'exact';
end
$$;

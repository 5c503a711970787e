do $$
declare
  v_before text;
  v_unit   uuid;
  v_split  uuid;
  v_op     jsonb;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'# A\nbcdefgh\n', e'# Z\n']));
  select string_agg(l::text, '|') into v_before from dot.fn_iu_list('a.md') l;
  select unit into v_unit from dot.fn_iu_list('a.md') where path = 'a';
  v_split := dot.fn_review_record('iu_split', dot.fn_iu_operation_split(v_unit, array[4]), 'approved', 'x', '[]', 'reviewer', 'human', null, false);
  perform dot.fn_iu_piece_split(v_unit, array[4], v_split);
  assert dot.fn_iu_revert(v_split, v_split) ->> 'refused' = 'true', 'not by the decision that split it';
  v_op := dot.fn_iu_operation_revert(v_split);
  perform dot.fn_iu_revert(v_split, dot.fn_review_record('iu_revert', v_op, 'approved', 'x', '[]', 'reviewer', 'human', null, false));
  assert v_before = (select string_agg(l::text, '|') from dot.fn_iu_list('a.md') l), 'all is as it was, with the same ids';
  assert dot.fn_iu_show(v_unit) ->> 'state' = 'active', 'active again';
  assert dot.fn_iu_plan_revert(v_split) ->> 'refused' = 'true', 'and cannot be taken back twice';
  assert dot.fn_iu_render('a.md') ->> 'exact' = 'true', 'exact';
end
$$;

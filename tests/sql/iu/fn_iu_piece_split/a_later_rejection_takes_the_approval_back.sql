do $$
declare
  v_unit uuid;
  v_id   uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\nbcdefgh\n']));
  select unit into v_unit from dot.fn_iu_list('a.md');
  v_id := dot.fn_review_record('iu_split', dot.fn_iu_operation_split(v_unit, array[4]), 'approved', 'yes', '[]', 'bob', 'human', null, true);
  perform dot.fn_review_record('iu_split', dot.fn_iu_operation_split(v_unit, array[4]), 'needs_revision', 'wait', '[]', 'cid', 'human', null, true);
  assert dot.fn_iu_piece_split(v_unit, array[4], v_id) ->> 'reason' = 'review_not_approved', 'the latest decision counts';
end
$$;

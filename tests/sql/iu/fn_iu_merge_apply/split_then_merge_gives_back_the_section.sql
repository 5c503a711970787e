do $$
declare
  v_unit  uuid;
  v_parts uuid[];
  v_id    uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'# A\nbcdefgh\n']));
  select unit into v_unit from dot.fn_iu_list('a.md') where path = 'a';
  v_id := (dot.fn_proposal_submit('iu_split', jsonb_build_object('unit', v_unit, 'at', array[4, 6])) ->> 'proposal')::uuid;
  perform dot.fn_review_record(v_id, 'approved', 'x', '[]', 'reviewer', 'human', null, false);
  perform dot.fn_proposal_apply(v_id);
  v_parts := array(select unit from dot.fn_iu_list('a.md') where path like 'a%');
  v_id := (dot.fn_proposal_submit('iu_merge', jsonb_build_object('units', v_parts)) ->> 'proposal')::uuid;
  perform dot.fn_review_record(v_id, 'approved', 'x', '[]', 'reviewer', 'human', null, false);
  perform dot.fn_proposal_apply(v_id);
  assert (select dot.fn_iu_show(unit) ->> 'body' from dot.fn_iu_list('a.md') where path = 'a') = e'# A\nbcdefgh\n', 'the original bytes';
  assert (select block from dot.iu_tree_path where active and path = 'a') is null, 'and it is an ordinary section again';
end
$$;

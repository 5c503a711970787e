do $$
declare
  v_unit  uuid;
  v_id    uuid;
  v_done  jsonb;
  v_parts uuid[];
begin
  perform dot.fn_phase0_wire(true);
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'## Điều\nmột\nhai\n', e'## Z\n']));
  select unit into v_unit from dot.fn_iu_list('a.md') where path = 't/Điều';
  v_id := (dot.fn_proposal_submit('iu_split', jsonb_build_object('unit', v_unit, 'at', array[11, 17])) ->> 'proposal')::uuid;
  perform dot.fn_review_record(v_id, 'approved', 'two topics', '[]', 'reviewer', 'human', null, false);
  v_done := dot.fn_proposal_apply(v_id);
  assert jsonb_array_length(v_done -> 'after') = 3, v_done::text;
  v_parts := array(select unit from dot.fn_iu_list('a.md') where path like 't/Điều%');
  assert (select array_agg(s ->> 'body' order by n) from unnest(v_parts) with ordinality as u(id, n), dot.fn_iu_show(u.id) s)
    = array[e'## Điều\n', e'một\n', e'hai\n'], 'the parts, cut where it was said';
  assert (select array_agg(path) from dot.fn_iu_list('a.md')) = array['t', 't/Điều', 't/Điều+2', 't/Điều+3', 't/z'], 'in their places';
  assert (select array_agg(lines) from dot.fn_iu_tree('a.md')) = array['1-1', '2-2', '3-3', '4-4', '5-5'], 'with their lines';
  assert dot.fn_iu_render('a.md') ->> 'exact' = 'true', 'the document is the same';
  assert dot.fn_iu_show(v_unit) @> '{"state": "superseded", "version": 1}', 'the original can still be read';
  assert dot.fn_iu_check_piece(v_id) ->> 'ok' = 'true', 'the pair agrees';
  assert (select count(*) from dot.iu_three_axis_envelope e join dot.iu_tree_path t using (version_id) where t.active) = 5, 'the parts have their axes';
  assert (select count(*) from dot.fn_iu_lineage(v_unit) where direction = 'descendant' and proposal = v_id) = 3, 'the lineage names the proposal';
end
$$;

do $$
declare
  v_units uuid[];
  v_id    uuid;
  v_answer jsonb;
  v_kept  uuid[];
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\n', e'# A\nbcdefgh\n', e'# M\n', e'# N\n', e'# Z\n']));
  v_units := array(select unit from dot.fn_iu_list('a.md'));
  foreach v_id in array array[
    (dot.fn_proposal_submit('iu_split', jsonb_build_object('unit', v_units[2], 'at', array[4])) ->> 'proposal')::uuid,
    (dot.fn_proposal_submit('iu_merge', jsonb_build_object('units', v_units[3:4])) ->> 'proposal')::uuid]
  loop
    perform dot.fn_review_record(v_id, 'approved', 'x', '[]', 'reviewer', 'human', null, false);
    perform dot.fn_proposal_apply(v_id);
  end loop;
  v_kept := array(select unit from dot.fn_iu_list('a.md') where path in ('a', 'a+2', 'm'));

  v_answer := dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\nlonger\n', e'# A\nbcdefgh\n', e'# M\n', e'# N\n', e'# Y\n']));
  assert array(select unit from dot.fn_iu_list('a.md') where path in ('a', 'a+2', 'm')) = v_kept, 'the same pieces, further down';
  assert v_answer -> 'documents' -> 0 @> '{"changed": 1, "added": 1, "removed": 1}', v_answer::text;
  assert dot.fn_iu_render('a.md') ->> 'exact' = 'true', 'exact';
  assert dot.fn_iu_check(array(select cut_request_id from dot.cut_request)) ->> 'ok' = 'true', 'both versions are sound';

  -- One byte of a split section changes: its pieces go, and the section is a unit of its own again.
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# T\nlonger\n', e'# A\nbcdefgH\n', e'# M\n', e'# N\n', e'# Y\n']));
  assert (select array_agg(path) from dot.fn_iu_list('a.md')) = array['t', 'a', 'm', 'y'], 'a is whole, m still merged';
  assert (select count(*) from dot.information_unit where lifecycle_state = 'retired' and unit_id = any (v_kept)) = 2, 'the parts are retired';
  assert dot.fn_iu_render('a.md') ->> 'exact' = 'true', 'exact';
end
$$;

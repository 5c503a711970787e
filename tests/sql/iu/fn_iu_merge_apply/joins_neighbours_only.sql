do $$
declare
  v_units    uuid[];
  v_proposal uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n', e'# B\n', e'# C\n']) || dot.fn_phase0_scratch('b.md', array[e'# D\n']));
  v_units := array(select unit from dot.fn_iu_list());
  for i in 1..4 loop
    begin
      perform dot.fn_proposal_submit('iu_merge', jsonb_build_object('units', case i when 1 then array[v_units[1], v_units[3]]
        when 2 then array[v_units[2], v_units[1]] when 3 then array[v_units[3], v_units[4]] else array[v_units[1]] end));
      assert false, 'accepted: case ' || i;
    exception when sqlstate 'DT400' then
      null;
    end;
  end loop;
  v_proposal := (dot.fn_proposal_submit('iu_merge', jsonb_build_object('units', v_units[1:3])) ->> 'proposal')::uuid;
  perform dot.fn_review_record(v_proposal, 'approved', 'one topic', '[]', 'reviewer', 'human', null, false);
  perform dot.fn_proposal_apply(v_proposal);
  assert (select array_agg(path || ' ' || bytes) from dot.fn_iu_list('a.md')) = array['a 12'], 'one unit of all the bytes';
  assert dot.fn_iu_render('a.md') ->> 'exact' = 'true', 'exact';
end
$$;

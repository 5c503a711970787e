do $$
declare
  v_unit     uuid;
  v_proposal uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\nbcdefgh\n']));
  for i in 1..3 loop
    select unit into v_unit from dot.fn_iu_list('a.md') where path = 'a';
    v_proposal := (dot.fn_proposal_submit('iu_split', jsonb_build_object('unit', v_unit, 'at', array[8 - 2 * i])) ->> 'proposal')::uuid;
    perform dot.fn_review_record(v_proposal, 'approved', 'x', '[]', 'reviewer', 'human', null, false);
    perform dot.fn_proposal_apply(v_proposal);
  end loop;
  assert (select array_agg(path) from dot.fn_iu_list('a.md')) = array['a', 'a+4', 'a+3', 'a+2'],
    (select array_agg(path) from dot.fn_iu_list('a.md'))::text;
  assert dot.fn_iu_render('a.md') ->> 'exact' = 'true', 'exact';
end
$$;

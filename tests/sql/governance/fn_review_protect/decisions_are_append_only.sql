do $$
declare
  v_sql  text;
  v_unit uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\nbc\n']));
  select unit into v_unit from dot.fn_iu_list('a.md');
  perform dot.fn_review_record((dot.fn_proposal_submit('iu_split', jsonb_build_object('unit', v_unit, 'at', array[2])) ->> 'proposal')::uuid,
    'rejected', 'no', '[]', 'bob', 'human', null, true);
  foreach v_sql in array array['update dot.review_decision set verdict = ''approved''', 'delete from dot.review_decision',
    'truncate dot.review_decision cascade', 'truncate dot.review_decision_use'] loop
    begin
      execute v_sql;
      assert false, v_sql;
    exception when sqlstate 'DT409' then
      null;
    end;
  end loop;
end
$$;

do $$
declare
  v_sql text;
begin
  perform dot.fn_review_record('iu_split', '{}', 'rejected', 'no', '[]', 'bob', 'human', null, true);
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

do $$
declare
  v_unit uuid;
  v_bad  int[];
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# Ố\nbc\n']));
  select unit into v_unit from dot.fn_iu_list('a.md');
  foreach v_bad slice 1 in array array[array[0, 1], array[6, 6], array[7, 6], array[6, 9], array[6, 99], array[3, 6], array[null, 6]] loop
    begin
      perform dot.fn_iu_operation_split(v_unit, v_bad);
      assert false, format('%s was accepted', v_bad);
    exception when sqlstate 'DT400' then
      null;
    end;
  end loop;
  assert dot.fn_iu_operation_split(v_unit, array[2, 5, 8]) is not null, 'before a letter, after it, before the last byte';
end
$$;

do $$
declare
  v_unit uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n']));
  select unit into v_unit from dot.fn_iu_list('a.md');
  assert dot.fn_iu_link(v_unit, 'column', 'dot.iu_version.body') ->> 'present' = 'true', 'a column';
  assert dot.fn_iu_link(v_unit, 'command', 'iu import') ->> 'present' = 'true', 'a command';
  begin
    perform dot.fn_iu_link(v_unit, 'table', 'dot.no_such_table');
    assert false, 'a table that does not exist was linked';
  exception when sqlstate 'DT404' then
    null;
  end;
end
$$;

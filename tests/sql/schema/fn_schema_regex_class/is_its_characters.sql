do $$
declare
  v_case record;
  v_said record;
begin
  for v_case in
    select * from (values ('[]', '{}'), ('[ab]', '{[97,99)}'), ('[a-c]', '{[97,100)}'), ('[a-]', '{[45,46),[97,98)}'), ('[-a]', '{[45,46),[97,98)}'), ('[a--]', null), ('[--a]', '{[45,98)}'),
      ('[a-c-e]', '{[45,46),[97,100),[101,102)}'), ('[0-9-_]', '{[45,46),[48,58),[95,96)}'), ('[\d-a]', '{[45,46),[48,58),[97,98)}'), ('[a-\d]', '{[45,46),[48,58),[97,98)}'),
      ('[\b]', '{[8,9)}'), ('[\]]', '{[93,94)}'), ('[\0a]', '{[97,98)}'), ('[^\u0002-\u{10ffff}]', '{[1,2)}'), ('[c-a]', null), ('[\q]', null), ('[\1]', null)) x(class, chars)
  loop
    v_said := dot.fn_schema_regex_class(v_case.class);
    assert case when v_case.chars is null then v_said.o_cause <> '' else v_said.o_cause is null and v_said.o_chars = v_case.chars::int4multirange and not v_said.o_deny and v_said.o_property = '' end, format('%s: %s', v_case.class, v_said);
  end loop;
  v_said := dot.fn_schema_regex_class('[^\p{L}a]');
  assert v_said.o_deny and v_said.o_property = '[:alpha:]' and v_said.o_chars = '{[97,98)}' and (dot.fn_schema_regex_class('[\P{L}]')).o_cause like '%property%';
end
$$;

do $$
declare
  v_case record;
  v_said record;
begin
  for v_case in
    select * from (values ('\n', 10), ('\x41', 65), ('\u00e9', 233), ('\u{1F432}', 128050), ('\u{00000041}', 65), ('\ud83d\udc32', 128050), ('\cA', 1), ('\0', 0), ('\-', 45), ('\é', 233),
      ('\q', null), ('\u', null), ('\x4', null), ('\c', null), ('\u{110000}', null), ('\u{11111111111}', null), ('\b', null), ('\1', null), ('\00', null), ('\', null)) x(escape, code)
  loop
    v_said := dot.fn_schema_regex_escape(v_case.escape);
    assert v_said.o_code is not distinct from v_case.code and v_said.o_chars is null and v_said.o_property is null, format('%s: %s', v_case.escape, v_said);
  end loop;
  assert (dot.fn_schema_regex_escape('\d')).o_chars = '{[48,58)}' and not (dot.fn_schema_regex_escape('\D')).o_chars && '{[0,1),[48,58),[55296,57344)}'::int4multirange;
  assert (dot.fn_schema_regex_escape('\p{gc=Lu}')).o_property = '[:upper:]' and (dot.fn_schema_regex_escape('\P{ASCII}')).o_chars @> 233 and dot.fn_schema_regex_escape('\p{Script=Greek}') is null;
end
$$;

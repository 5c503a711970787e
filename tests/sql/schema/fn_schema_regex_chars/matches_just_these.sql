do $$
declare
  v_case record;
begin
  for v_case in
    select * from (values ('{}', '', false, ''), ('{[97,98)}', '', false, 'a'), ('{[97,100)}', '', false, 'abc'), ('{[93,95),[45,46)}', '', false, ']^-'), ('{[91,93)}', '', false, '[\'), ('{[128050,128051)}', '', false, '🐲'),
      ('{}', '', true, 'ab-^[]\c🐲'), ('{[97,98)}', '', true, 'b-^[]\c🐲'), ('{[45,46)}', '[:alpha:]', false, 'ab-c'), ('{[97,98)}', '[:alpha:]', true, '-^[]\🐲')) x(chars, property, deny, matched)
  loop
    assert (select string_agg(c, '' order by n) from unnest(string_to_array('ab-^[]\c🐲', null)) with ordinality x(c, n)
             where c ~ ('^(?:' || dot.fn_schema_regex_chars(v_case.chars::int4multirange, v_case.property, v_case.deny) || ')$' collate "C")) is not distinct from
           (select string_agg(c, '' order by n) from unnest(string_to_array('ab-^[]\c🐲', null)) with ordinality x(c, n) where position(c in v_case.matched) > 0), format('%s %s %s', v_case.chars, v_case.property, v_case.deny);
  end loop;
end
$$;

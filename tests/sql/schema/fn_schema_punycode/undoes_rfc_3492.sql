do $$
begin
  perform test.equal(dot.fn_schema_punycode('bcher-kva'), 'bücher');
  perform test.equal(dot.fn_schema_punycode('maana-pta'), 'mañana');
  perform test.equal(dot.fn_schema_punycode('egbpdaj6bu4bxfgehfvwxn'), U&'\0644\064A\0647\0645\0627\0628\062A\0643\0644\0645\0648\0634\0639\0631\0628\064A\061F');
  perform test.equal(dot.fn_schema_punycode('3B-ww4c5e180e575a65lsy2b'), '3年B組金八先生');
  assert dot.fn_schema_punycode('x') is null and dot.fn_schema_punycode('-abc') is null and dot.fn_schema_punycode('999999b') is null and dot.fn_schema_punycode('a-é') is null;
end
$$;

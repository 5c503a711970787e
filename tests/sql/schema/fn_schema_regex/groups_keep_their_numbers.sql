do $$
declare
  v_text text := repeat('a', 256);
begin
  assert dot.fn_schema_matches(v_text || 'bb', '^(a){256}(b)\2$') and not dot.fn_schema_matches(v_text || 'ba', '^(a){256}(b)\2$');
  assert dot.fn_schema_matches(v_text || v_text || 'b', '^(a){256,600}b$'), 'without a reference they need no number';
  begin
    perform dot.fn_schema_regex('^(a){2,300}\1$');
    raise 'it went through';
  exception when sqlstate 'DT400' then
    assert sqlerrm like '%not supported%';
  end;
end
$$;

do $$
declare
  v_detail text;
begin
  begin
    perform dot.fn_schema_regex('ab\q');
    raise 'it went through';
  exception when sqlstate 'DT400' then
    get stacked diagnostics v_detail = pg_exception_detail;
    assert sqlerrm like 'the pattern ab\\q has an escape%' and v_detail::jsonb = '{"offset": 2}', sqlerrm || v_detail;
  end;
  begin
    perform dot.fn_schema_regex_refuse(repeat('x', 500), 0, 'is long');
  exception when sqlstate 'DT400' then
    assert length(sqlerrm) < 250 and sqlerrm like '%… is long', sqlerrm;
  end;
end
$$;

do $$
begin
  perform test.equal(dot.fn_row_key('{a,b}', '{"b": 2, "a": "x"}'), 'x 2');
  perform test.equal(dot.fn_row_key('{a,b}', '{"b": 2, "a": null}'), ' 2', 'never null');
  perform test.equal(dot.fn_row_key('{}', '{"b": 2}'), '', 'a table of one row');
end
$$;

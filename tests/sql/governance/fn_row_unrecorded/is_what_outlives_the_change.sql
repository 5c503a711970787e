do $$
begin
  -- b was edited before, and the change of a leaves it so.
  perform test.equal(dot.fn_row_unrecorded('{"a": 1, "b": 9}', '{"a": 2, "b": 9}', '{"a": 1, "b": 3}', null), '{"b": 9}'::jsonb);
  perform test.equal(dot.fn_row_unrecorded('{"a": 1, "b": 9}', '{"a": 2, "b": 3}', '{"a": 1, "b": 3}', null), null, 'put right');
  perform test.equal(dot.fn_row_unrecorded('{"a": 1, "b": 9}', '{"a": 2, "b": 9}', '{"a": 1, "b": 9}', '{"b": 9}'), '{"b": 9}'::jsonb, 'for ever');
  perform test.equal(dot.fn_row_unrecorded('{"a": 1}', '{"a": 1}', null, null), '{"a": 1}'::jsonb, 'nothing was ever recorded');
  perform test.equal(dot.fn_row_unrecorded(null, '{"a": 1}', null, null), null, 'a new row');
end
$$;

do $$
begin
  perform test.equal(dot.fn_bytes_number('\x0102'), 258::numeric);
  perform test.equal(dot.fn_bytes_number('\x0102', true), 513::numeric);
  perform test.equal(dot.fn_bytes_number(''), 0::numeric);
end
$$;

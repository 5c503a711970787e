do $$
begin
  perform test.equal(dot.fn_number_bytes(513, 3), '\x010200'::bytea);
  perform test.equal(dot.fn_number_bytes(dot.fn_bytes_number(sha256('x'), true), 32), sha256('x'));
  assert dot.fn_number_bytes(65536, 2) is null;
end
$$;

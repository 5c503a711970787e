-- RFC 6979, A.2.5, with SHA-256.
do $$
declare
  k constant bytea := decode('0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB67903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299', 'hex');
  r constant numeric := dot.fn_bytes_number(decode('EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716', 'hex'));
  s constant numeric := dot.fn_bytes_number(decode('F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8', 'hex'));
  n constant numeric := 115792089210356248762697446949407573529996955224135760342422259061068512044369;
begin
  assert dot.fn_p256_valid(k, sha256('sample'), r, s);
  -- Whoever has one has the other: ECDSA is so.
  assert dot.fn_p256_valid(k, sha256('sample'), r, n - s);
  assert not dot.fn_p256_valid(k, sha256('simple'), r, s) and not dot.fn_p256_valid(k, sha256('sample'), r + 1, s) and not dot.fn_p256_valid(k, sha256('sample'), r, s + 1);
  assert (select bool_and(not dot.fn_p256_valid(k, sha256('sample'), a, b)) from (values (0, s), (r, 0), (n, s), (r, n), (r + n, s), (r, s + n), (-r, s), (null, s), (r, null)) v(a, b));
  -- A point that is not on the curve, one that is compressed, one of no length.
  assert (select bool_and(not dot.fn_p256_valid(p, sha256('sample'), r, s)) from unnest(array[set_bit(k, 100, 1 - get_bit(k, 100)), set_byte(k, 0, 2), substring(k for 33), null]) p);
  assert not dot.fn_p256_valid(k, 'short', r, s);
end
$$;

do $$
declare
  b constant numeric[] := dot.fn_ed25519_point(decode('58' || repeat('66', 31), 'hex'));
  n constant bytea[] := array(select dot.fn_number_bytes(i, 32) from generate_series(0, 9) i order by i);
begin
  perform test.equal(dot.fn_ed25519_combine(n[2], n[1], b), decode('58' || repeat('66', 31), 'hex'), '1 B');
  perform test.equal(dot.fn_ed25519_combine(n[1], n[1], b), n[2], 'nothing');
  perform test.equal(dot.fn_ed25519_combine(n[8], n[8], b), n[2], '7 B - 7 B');
  perform test.equal(dot.fn_ed25519_combine(n[9], n[4], b), dot.fn_ed25519_combine(n[6], n[1], b), '8 B - 3 B');
  -- As many as the group has is none.
  perform test.equal(dot.fn_ed25519_combine(dot.fn_number_bytes(7237005577332262213973186563042994240857116359379907606001950938285454250989, 32), n[1], b), n[2]);
end
$$;

do $$
begin
  -- The base point, and its negative.
  perform test.equal(dot.fn_ed25519_point(decode('58' || repeat('66', 31), 'hex')),
    '{15112221349535400772501151409588531511454012693041857206046113283949847762202,46316835694926478169428394003475163141307993866256225615783033603165251855960}'::numeric[]);
  perform test.equal((dot.fn_ed25519_point(decode('58' || repeat('66', 30) || 'e6', 'hex')))[1] + (dot.fn_ed25519_point(decode('58' || repeat('66', 31), 'hex')))[1], 2::numeric ^ 255 - 19);
  -- No point; y of p and more; a zero with a sign; another length.
  assert (select bool_and(dot.fn_ed25519_point(decode(b, 'hex')) is null)
    from unnest(array['02' || repeat('00', 31), 'ed' || repeat('ff', 30) || '7f', repeat('ff', 32), '01' || repeat('00', 30) || '80', '58']) b);
  assert dot.fn_ed25519_point(null) is null;
end
$$;

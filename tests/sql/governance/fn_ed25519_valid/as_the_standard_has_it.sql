-- RFC 8032, 7.1.
do $$
declare
  v record;
begin
  for v in
    select * from (values
      ('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '', 'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'),
      ('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72', '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00')) v(key, message, signature)
  loop
    assert dot.fn_ed25519_valid(decode(v.key, 'hex'), decode(v.message, 'hex'), decode(v.signature, 'hex')), v.key;
    assert not dot.fn_ed25519_valid(decode(v.key, 'hex'), decode(v.message || '00', 'hex'), decode(v.signature, 'hex')), 'another message';
    assert (select bool_and(not dot.fn_ed25519_valid(decode(v.key, 'hex'), decode(v.message, 'hex'), set_bit(decode(v.signature, 'hex'), b, 1 - get_bit(decode(v.signature, 'hex'), b))))
      from unnest('{0,255,256,500,511}'::int[]) b);
    assert not dot.fn_ed25519_valid(set_bit(decode(v.key, 'hex'), 3, 1 - get_bit(decode(v.key, 'hex'), 3)), decode(v.message, 'hex'), decode(v.signature, 'hex')), 'another key';
    -- S and S + L are the same number, and only one of them is written.
    assert not dot.fn_ed25519_valid(decode(v.key, 'hex'), decode(v.message, 'hex'), substring(decode(v.signature, 'hex') for 32)
      || dot.fn_number_bytes(dot.fn_bytes_number(substring(decode(v.signature, 'hex') from 33), true) + 7237005577332262213973186563042994240857116359379907606001950938285454250989, 32));
  end loop;
  -- Keys of small order, for which one signature would do for many messages.
  assert (select bool_and(not dot.fn_ed25519_valid(decode(k, 'hex'), '', dot.fn_number_bytes(1, 32) || dot.fn_number_bytes(0, 32)))
    from unnest(array['01' || repeat('00', 31), repeat('00', 32), 'ec' || repeat('ff', 30) || '7f', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05']) k);
  assert not dot.fn_ed25519_valid(null, '', repeat('x', 64)::bytea) and not dot.fn_ed25519_valid(repeat('x', 32)::bytea, null, repeat('x', 64)::bytea) and not dot.fn_ed25519_valid(repeat('x', 31)::bytea, '', repeat('x', 64)::bytea);
end
$$;

do $$
declare
  v_key  text := test.public_key('ann');
  v_line text := format('  %s  ann@example.org laptop  ', v_key) || chr(13) || chr(10);
begin
  perform test.equal(dot.fn_ssh_key(v_line) - 'fingerprint', jsonb_build_object('algorithm', 'ssh-ed25519', 'public_key', v_key, 'comment', 'ann@example.org laptop'));
  perform test.equal(dot.fn_ssh_key(v_key) ->> 'fingerprint', dot.fn_ssh_fingerprint(test.key_blob('ann')));
  perform test.equal(dot.fn_ssh_key(v_key) ->> 'comment', null::text);
  perform test.raises('DT400', 'select dot.fn_ssh_key(''-----BEGIN OPENSSH PRIVATE KEY-----'')', 'this is a private key');
  perform test.raises('DT400', format('select dot.fn_ssh_key(%L)', t || ' AAAA'), format('unsupported key type %s', t))
     from unnest('{ssh-rsa,ssh-dss,ecdsa-sha2-nistp521,ssh-ed25519-cert-v01@openssh.com}'::text[]) t;
  perform test.raises('DT400', format('select dot.fn_ssh_key(%L)', k), 'not a public SSH key')
     from unnest(array[null, '', 'x', 'ssh-ed25519', 'ssh-ed25519 AAAA', 'ssh-ed25519 ?', 'ssh-ed25519 A',
       -- Two keys, another key's blob, one that is cut short, and the same bytes written otherwise.
       v_key || chr(10) || v_key, replace(v_key, 'ssh-ed25519 ', 'sk-ssh-ed25519@openssh.com '), left(v_key, -4), v_key || '====']) k;
end
$$;

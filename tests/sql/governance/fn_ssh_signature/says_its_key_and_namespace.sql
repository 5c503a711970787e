do $$
declare
  v text := test.signature('ann');
begin
  perform test.equal(dot.fn_ssh_signature(v), jsonb_build_object('fingerprint', dot.fn_ssh_fingerprint(test.key_blob('ann')), 'namespace', 'dot-approval'));
  perform test.equal(dot.fn_ssh_signature(replace(test.signature('ann', p_namespace => 'git'), chr(10), chr(13) || chr(10))) ->> 'namespace', 'git');
  perform test.raises('DT400', format('select dot.fn_ssh_signature(%L)', b), 'not an SSH signature')
     from unnest(array[null, '', 'x', replace(v, 'SSH SIGNATURE', 'PGP SIGNATURE'), replace(v, 'U1NIU0lH', 'U1NIU0lI'), replace(v, 'U1NIU0lHAAAAAQAAA', 'U1NIU0lHAAAAAQ//A'),
       concat_ws(chr(10), '-----BEGIN SSH SIGNATURE-----', '?', '-----END SSH SIGNATURE-----'), concat_ws(chr(10), '-----BEGIN SSH SIGNATURE-----', 'U1NIU0lHAAAAAQ==', '-----END SSH SIGNATURE-----')]) b;
end
$$;

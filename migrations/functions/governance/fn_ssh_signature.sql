create or replace function dot.fn_ssh_signature(p_signature text) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  c_hint  constant text := 'It is what dot … --sign makes, or ssh-keygen -Y sign -n dot-approval: it begins with -----BEGIN SSH SIGNATURE-----.';
  v_lines text[] := string_to_array(trim(both from replace(p_signature, chr(13) || chr(10), chr(10)), chr(10)), chr(10));
  v_blob  bytea;
  v_parts bytea[];
begin
  if v_lines is null or cardinality(v_lines) not between 3 and 200 or v_lines[1] <> '-----BEGIN SSH SIGNATURE-----' or v_lines[cardinality(v_lines)] <> '-----END SSH SIGNATURE-----' then
    raise exception using errcode = 'DT400', message = 'not an SSH signature', hint = c_hint;
  end if;
  begin
    v_blob := decode(array_to_string(v_lines[2 : cardinality(v_lines) - 1], ''), 'base64');
  exception when data_exception then
    raise exception using errcode = 'DT400', message = 'not an SSH signature', hint = c_hint;
  end;
  -- SSHSIG, version 1, then the key, the namespace, what is reserved, the digest, and the signature.
  v_parts := dot.fn_ssh_strings(substring(v_blob from 11));
  if substring(v_blob from 1 for 10) is distinct from convert_to('SSHSIG', 'UTF8') || decode('00000001', 'hex') or v_parts is null or cardinality(v_parts) <> 5 then
    raise exception using errcode = 'DT400', message = 'not an SSH signature', hint = c_hint;
  end if;
  return jsonb_build_object('fingerprint', dot.fn_ssh_fingerprint(v_parts[1]),
    -- Of any bytes; only ours matters.
    'namespace', case when v_parts[2] = convert_to('dot-approval', 'UTF8') then 'dot-approval' else encode(v_parts[2], 'escape') end);
end
$$;
comment on function dot.fn_ssh_signature(text) is
  'What an armoured SSH signature says of itself: {fingerprint: of the key that made it, namespace}. Whether it is one of that key, fn_ssh_verified tells. DT400 for what is no such signature.';

create or replace function dot.fn_ssh_verified(p_public_key text, p_namespace text, p_text text, p_signature text) returns text
language plpgsql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_armour constant text := rtrim(p_signature, chr(10));
  v_blob   bytea;
  v_key    bytea[];
  v_parts  bytea[];
  v_sig    bytea[];
  v_type   text;
  v_data   bytea;
  v_flags  bytea;
  v_valid  boolean;
begin
  begin
    v_key := dot.fn_ssh_strings(decode(split_part(p_public_key, ' ', 2), 'base64'));
    v_blob := decode(regexp_replace(v_armour, '^-----BEGIN SSH SIGNATURE-----\n|\n-----END SSH SIGNATURE-----$', '', 'g'), 'base64');
  exception when data_exception then
    return 'its key or its signature is not base64';
  end;
  -- In the one form that it has: whoever verifies it elsewhere takes no other.
  if v_armour is distinct from '-----BEGIN SSH SIGNATURE-----' || chr(10) || regexp_replace(translate(encode(v_blob, 'base64'), chr(10), ''), '(.{70})(?=.)', '\1' || chr(10), 'g')
      || chr(10) || '-----END SSH SIGNATURE-----' then
    return 'its signature is no SSH signature: lines of 70 characters, and nothing around them';
  end if;
  -- key, namespace, reserved, digest, signature
  v_parts := dot.fn_ssh_strings(substring(v_blob from 11));
  -- Nothing is reserved yet, and ssh-keygen verifies as if nothing were.
  if v_key is null or v_parts is null or cardinality(v_parts) <> 5 or v_parts[3] <> '' or substring(v_blob for 10) is distinct from convert_to('SSHSIG', 'UTF8') || decode('00000001', 'hex') then
    return 'its signature is no SSH signature';
  end if;
  if v_parts[2] <> convert_to(p_namespace, 'UTF8') then
    return format('its signature is not of namespace %s', p_namespace);
  end if;
  if dot.fn_ssh_strings(v_parts[1]) is distinct from v_key then
    return 'its signature is by another key';
  end if;
  v_type := encode(v_key[1], 'escape');
  -- Of a hardware key its application comes last; of a curve its name comes first (RFC 5656, 3.1).
  if (cardinality(v_key) <> (v_type like 'sk-%')::int + (v_type not like '%ed25519%')::int + 2
    or v_type not like '%ed25519%' and v_key[2] <> convert_to('nistp256', 'UTF8'))
  then
    return 'its key is no public SSH key';
  end if;
  v_data := case encode(v_parts[4], 'escape') when 'sha256' then sha256(convert_to(p_text, 'UTF8')) when 'sha512' then sha512(convert_to(p_text, 'UTF8')) end;
  if v_data is null then
    return 'its signature is over a digest that is not known';
  end if;
  v_data := convert_to('SSHSIG', 'UTF8') || substring(v_blob from 15 + length(v_parts[1]) for 12 + length(v_parts[2]) + length(v_parts[3]) + length(v_parts[4]))
    || int4send(length(v_data)) || v_data;
  if v_type like 'sk-%' then
    -- What happened, and a counter. The device signs the digest of its application, these, and the digest of the data.
    v_flags := substring(v_parts[5] from length(v_parts[5]) - 4);
    v_parts[5] := substring(v_parts[5] for length(v_parts[5]) - 5);
    if length(v_flags) <> 5 or get_byte(v_flags, 0) & 1 = 0 then
      return 'nobody touched the hardware key that signed it';
    end if;
    v_data := sha256(v_key[cardinality(v_key)]) || v_flags || sha256(v_data);
  end if;
  v_sig := dot.fn_ssh_strings(v_parts[5]);
  if v_sig is null or cardinality(v_sig) <> 2 or v_sig[1] <> v_key[1] then
    return 'its signature is not of the type of its key';
  end if;
  if v_type in ('ssh-ed25519', 'sk-ssh-ed25519@openssh.com') then
    v_valid := dot.fn_ed25519_valid(v_key[2], v_data, v_sig[2]);
  elsif v_type in ('ecdsa-sha2-nistp256', 'sk-ecdsa-sha2-nistp256@openssh.com') then
    v_sig := dot.fn_ssh_strings(v_sig[2]);
    -- Numbers without a sign, and with no zero more than that takes (RFC 4251, 5).
    v_valid := v_sig is not null and cardinality(v_sig) = 2
      and (select bool_and(length(n) between 1 and 33 and get_byte(n, 0) < 128 and (length(n) = 1 or get_byte(n, 0) > 0 or get_byte(n, 1) >= 128)) from unnest(v_sig) n)
      and dot.fn_p256_valid(v_key[3], sha256(v_data), dot.fn_bytes_number(v_sig[1]), dot.fn_bytes_number(v_sig[2]));
  else
    return format('its key is of type %s, which signs no decisions', v_type);
  end if;
  return case when v_valid then null else 'its signature is not one by its key over its text' end;
end
$$;
comment on function dot.fn_ssh_verified(text, text, text, text) is 'What is wrong with an armoured SSH signature (SSHSIG, version 1) over a text, by a public key as authorized_keys has it, in a namespace; null where it holds. Ed25519, ECDSA on P-256, and both of a hardware key, which must have been touched. 20 to 60 ms.';

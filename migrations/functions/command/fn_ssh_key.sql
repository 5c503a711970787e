create or replace function dot.fn_ssh_key(p_key text) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  c_taken constant text[] := array['ssh-ed25519', 'ecdsa-sha2-nistp256', 'sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com'];
  c_hint  constant text := 'It is one line, ssh-ed25519 AAAA… comment, as in ~/.ssh/id_ed25519.pub; ssh-keygen -t ed25519 makes one.';
  v_part  text[] := regexp_split_to_array(trim(both from p_key, chr(32) || chr(9) || chr(13) || chr(10)), '[ ' || chr(9) || ']+');
  v_blob  bytea;
begin
  if p_key like '%PRIVATE KEY%' then
    raise exception using errcode = 'DT400', message = 'this is a private key', hint = 'Register the public one, in the file beside it that ends in .pub; the private one never leaves its owner.';
  end if;
  if v_part[1] in ('ssh-rsa', 'ssh-dss') or v_part[1] ~ '^(ecdsa-sha2-nistp(384|521)|.*-cert-v01@openssh.com)$' then
    raise exception using errcode = 'DT400', message = format('unsupported key type %s', v_part[1]), hint = format('Taken are: %s. ssh-keygen -t ed25519 makes one.', array_to_string(c_taken, ', '));
  end if;
  if v_part is null or v_part[1] <> all (c_taken) or strpos(trim(both from p_key, chr(13) || chr(10)), chr(10)) > 0 or coalesce(v_part[2], '') !~ '^[A-Za-z0-9+/]+=*$' then
    raise exception using errcode = 'DT400', message = 'not a public SSH key', hint = c_hint;
  end if;
  begin
    v_blob := decode(v_part[2], 'base64');
  exception when data_exception then
    raise exception using errcode = 'DT400', message = 'not a public SSH key', hint = c_hint;
  end;
  -- It begins with the name of its type again; and what is canonical has one fingerprint.
  if length(v_part[1]) <> ('x' || encode(substring(v_blob from 1 for 4), 'hex'))::bit(32)::int
    or substring(v_blob from 5 for length(v_part[1])) <> convert_to(v_part[1], 'UTF8')
    or v_part[1] = 'ssh-ed25519' and length(v_blob) <> 51
    -- A curve's name and a whole point (RFC 5656, 3.1).
    or v_part[1] like '%ecdsa-sha2-nistp256%' and substring(v_blob from 5 + length(v_part[1]) for 17) is distinct from decode('000000086e697374703235360000004104', 'hex')
    or v_part[1] = 'ecdsa-sha2-nistp256' and length(v_blob) <> 104 or translate(encode(v_blob, 'base64'), chr(10), '') <> v_part[2]
  then
    raise exception using errcode = 'DT400', message = 'not a public SSH key', hint = c_hint;
  end if;
  return jsonb_build_object('algorithm', v_part[1], 'public_key', v_part[1] || ' ' || v_part[2], 'fingerprint', dot.fn_ssh_fingerprint(v_blob),
    'comment', nullif(left(regexp_replace(array_to_string(v_part[3:], ' '), '[[:cntrl:]]', '', 'g'), 200), ''));
end
$$;
comment on function dot.fn_ssh_key(text) is
  'A line of a .pub file taken apart: {algorithm, public_key: without the comment, fingerprint, comment}. Ed25519, ECDSA on P-256, and both of a hardware key. DT400 for other types, by name, and for what is no public key.';

create or replace function dot.fn_ssh_signature(p_signature text) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  c_hint  constant text := 'It is what dot … --sign makes, or ssh-keygen -Y sign -n dot-approval: it begins with -----BEGIN SSH SIGNATURE-----.';
  v_lines text[] := string_to_array(trim(both from replace(p_signature, chr(13), ''), chr(10)), chr(10));
  v_blob  bytea;
  v_key   int;
  v_space int;
begin
  if v_lines is null or cardinality(v_lines) not between 3 and 200 or v_lines[1] <> '-----BEGIN SSH SIGNATURE-----' or v_lines[cardinality(v_lines)] <> '-----END SSH SIGNATURE-----' then
    raise exception using errcode = 'DT400', message = 'this is no SSH signature', hint = c_hint;
  end if;
  begin
    v_blob := decode(array_to_string(v_lines[2 : cardinality(v_lines) - 1], ''), 'base64');
  exception when data_exception then
    raise exception using errcode = 'DT400', message = 'this is no SSH signature', hint = c_hint;
  end;
  -- SSHSIG, version 1, then the key and the namespace, each after its length.
  if substring(v_blob from 1 for 10) is distinct from convert_to('SSHSIG', 'UTF8') || decode('00000001', 'hex') or length(v_blob) < 18 then
    raise exception using errcode = 'DT400', message = 'this is no SSH signature', hint = c_hint;
  end if;
  v_key := ('x' || encode(substring(v_blob from 11 for 4), 'hex'))::bit(32)::int;
  if v_key not between 1 and length(v_blob) - 18 then
    raise exception using errcode = 'DT400', message = 'this is no SSH signature', hint = c_hint;
  end if;
  v_space := ('x' || encode(substring(v_blob from 15 + v_key for 4), 'hex'))::bit(32)::int;
  if v_space not between 0 and length(v_blob) - 18 - v_key then
    raise exception using errcode = 'DT400', message = 'this is no SSH signature', hint = c_hint;
  end if;
  return jsonb_build_object('fingerprint', dot.fn_ssh_fingerprint(substring(v_blob from 15 for v_key)),
    -- Of any bytes; only ours matters.
    'namespace', case when substring(v_blob from 19 + v_key for v_space) = convert_to('dot-approval', 'UTF8') then 'dot-approval' else encode(substring(v_blob from 19 + v_key for v_space), 'escape') end);
end
$$;
comment on function dot.fn_ssh_signature(text) is
  'What an armoured SSH signature says of itself: {fingerprint: of the key that made it, namespace}. Whether it is one of that key the database cannot tell. DT400 for what is no such signature.';

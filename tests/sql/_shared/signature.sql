-- The Ed25519 key whose seed is the digest of a name, and signatures by it.
create function test.ssh_string(p_bytes bytea) returns bytea
language sql as $$ select decode(lpad(to_hex(length(p_bytes)), 8, '0'), 'hex') || p_bytes $$;

-- [s]B, encoded.
create function test.base_times(p_s numeric) returns bytea
language sql immutable as $$
  select dot.fn_ed25519_combine(dot.fn_number_bytes(p_s % 7237005577332262213973186563042994240857116359379907606001950938285454250989, 32), dot.fn_number_bytes(0, 32), array[0, 1]::numeric[])
$$;

create function test.secret(p_name text) returns numeric
language sql immutable as $$
  select dot.fn_bytes_number(set_byte(set_byte(h, 0, get_byte(h, 0) & 248), 31, get_byte(h, 31) & 127 | 64), true)
    from (select substring(sha512(sha256(convert_to(p_name, 'UTF8'))) for 32) as h) s
$$;

create function test.ed25519(p_name text, p_message bytea) returns bytea
language sql immutable as $$
  with l as (select 7237005577332262213973186563042994240857116359379907606001950938285454250989 as l),
       r as (select dot.fn_bytes_number(sha512(substring(sha512(sha256(convert_to(p_name, 'UTF8'))) from 33) || p_message), true) % l as r from l),
       p as (select r, test.base_times(r) as point from r)
  select point || dot.fn_number_bytes((r + dot.fn_bytes_number(sha512(point || test.base_times(test.secret(p_name)) || p_message), true) % l * test.secret(p_name)) % l, 32) from p, l
$$;

create function test.key_blob(p_name text) returns bytea
language sql as $$ select test.ssh_string('ssh-ed25519') || test.ssh_string(test.base_times(test.secret(p_name))) $$;

create function test.public_key(p_name text) returns text
language sql as $$ select 'ssh-ed25519 ' || encode(test.key_blob(p_name), 'base64') $$;

create function test.signature(p_name text, p_text text default 'x', p_namespace text default 'dot-approval') returns text
language sql as $$
  select concat_ws(chr(10), '-----BEGIN SSH SIGNATURE-----',
    regexp_replace(translate(encode('SSHSIG'::bytea || decode('00000001', 'hex') || test.ssh_string(test.key_blob(p_name)) || rest
      || test.ssh_string(test.ssh_string('ssh-ed25519') || test.ssh_string(test.ed25519(p_name, 'SSHSIG'::bytea || rest || test.ssh_string(sha512(convert_to(p_text, 'UTF8')))))), 'base64'), chr(10), ''), '(.{70})(?=.)', '\1' || chr(10), 'g'),
    '-----END SSH SIGNATURE-----') || chr(10)
    from (select test.ssh_string(convert_to(p_namespace, 'UTF8')) || test.ssh_string('') || test.ssh_string('sha512') as rest) r
$$;

-- The verifier key of a log, and the log as it is, signed by it: or that text with this signature.
create function test.log_key(p_name text, p_origin text default 'test') returns text
language sql as $$
  select format('%s+%s+%s', p_origin, encode(substr(sha256(convert_to(p_origin || chr(10), 'UTF8') || k), 1, 4), 'hex'), encode(k, 'base64'))
    from (select '\x01'::bytea || test.base_times(test.secret(p_name)) as k) k
$$;

create function test.checkpoint(p_name text, p_origin text default 'test', p_signature bytea default null) returns text
language sql as $$
  select said || format(E'\n— %s %s\n', p_origin, translate(encode(decode(split_part(test.log_key(p_name, p_origin), '+', 2), 'hex')
           || coalesce(p_signature, test.ed25519(p_name, convert_to(said, 'UTF8'))), 'base64'), chr(10), ''))
    from (select max(leaf_index) + 1 as size from dot.audit_leaf) l
   cross join lateral (select format(E'%s\n%s\n%s\n', p_origin, l.size, encode(dot.fn_audit_root(dot.fn_audit_frontier('', 0, l.size)), 'base64')) as said) s
$$;

-- A reviewer with a login and a key. Only the first two come by without an approval.
create function test.signer(p_actor text) returns text
language plpgsql as $$
declare
  v_login text := test.actor(p_actor, 'human', '{dot_operator}');
begin
  perform dot.fn_actor_key_add(p_actor, test.public_key(p_actor));
  update dot.dot_actor set roles = roles || '{dot_reviewer}' where actor_id = p_actor;
  execute format('grant dot_reviewer to %I', v_login);
  return v_login;
end
$$;

-- What a login answers that decides on a proposal and signs the text that it is given.
create function test.signs(p_login text, p_proposal uuid, p_key text, p_rationale text default 'read', p_verdict text default 'approved') returns jsonb
language plpgsql as $$
declare
  v_said text := test.by(p_login, format('select dot.fn_proposal_statement(%L, %L, p_rationale => %L) ->> ''statement''', p_proposal, p_verdict, p_rationale));
begin
  return test.by(p_login, format('select dot.fn_proposal_review(%L, %L, %L, p_statement => %L, p_signature => %L)::text', p_proposal, p_verdict, p_rationale, v_said, test.signature(p_key, v_said)))::jsonb;
end
$$;

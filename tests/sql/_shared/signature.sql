-- Keys and signatures of the right shape: the database reads them, and cannot verify them.
create function test.ssh_string(p_bytes bytea) returns bytea
language sql as $$ select decode(lpad(to_hex(length(p_bytes)), 8, '0'), 'hex') || p_bytes $$;

create function test.key_blob(p_name text) returns bytea
language sql as $$ select test.ssh_string('ssh-ed25519') || test.ssh_string(sha256(convert_to(p_name, 'UTF8'))) $$;

create function test.public_key(p_name text) returns text
language sql as $$ select 'ssh-ed25519 ' || encode(test.key_blob(p_name), 'base64') $$;

create function test.signature(p_name text, p_namespace text default 'dot-approval') returns text
language sql as $$
  select concat_ws(chr(10), '-----BEGIN SSH SIGNATURE-----',
    encode('SSHSIG'::bytea || decode('00000001', 'hex') || test.ssh_string(test.key_blob(p_name)) || test.ssh_string(convert_to(p_namespace, 'UTF8')) || test.ssh_string('') || test.ssh_string('sha512')
      || test.ssh_string(test.ssh_string('ssh-ed25519') || test.ssh_string(sha512('x'))), 'base64'),
    '-----END SSH SIGNATURE-----') || chr(10)
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

-- What a login answers that approves a proposal and signs the text that it is given.
create function test.signs(p_login text, p_proposal uuid, p_key text, p_rationale text default 'read') returns jsonb
language plpgsql as $$
declare
  v_said text := test.by(p_login, format('select dot.fn_proposal_statement(%L, p_rationale => %L) ->> ''statement''', p_proposal, p_rationale));
begin
  return test.by(p_login, format('select dot.fn_proposal_approve(%L, %L, p_statement => %L, p_signature => %L)::text', p_proposal, p_rationale, v_said, test.signature(p_key)))::jsonb;
end
$$;

create or replace function dot.fn_ssh_fingerprint(p_blob bytea) returns text
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select 'SHA256:' || rtrim(encode(sha256(p_blob), 'base64'), '=')
$$;
comment on function dot.fn_ssh_fingerprint(bytea) is 'The fingerprint of an SSH public key, as ssh-keygen -l shows it.';

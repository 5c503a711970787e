-- squawk-ignore-file ban-drop-function
-- The database verifies what is signed over its log, and so it knows the public keys that sign it.
set local role dot_owner;
create table dot.audit_log_key (
  origin     text not null check (origin <> ''),
  key_id     text not null check (key_id ~ '^[0-9a-f]{8}$'),
  public_key bytea not null check (octet_length(public_key) = 32),
  run_id     uuid,
  made_at    timestamptz not null,
  primary key (origin, key_id)
);
comment on table dot.audit_log_key is
  'The public keys (Ed25519) that sign the log, append-only: each came with the first checkpoint by it, which an administrator stored. key_id: the first four bytes of the sha-256 of origin, a line feed, a byte 1 and the key (C2SP signed-note).';
-- It takes the public key too.
drop function if exists dot.fn_audit_checkpoint(text);
reset role;

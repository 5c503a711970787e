-- The tables are small, new, or get a column that no row has a value for yet; the functions come back with other parameters.
-- squawk-ignore-file ban-drop-function, adding-field-with-default
-- Decisions that are signed with a key of the reviewer's own.
set local role dot_owner;

create table dot.dot_actor_key (
  fingerprint   text primary key check (fingerprint ~ '^SHA256:[A-Za-z0-9+/]{43}$'),
  actor_id      text not null,
  algorithm     text not null,
  public_key    text not null unique,
  comment       text,
  added_at      timestamptz not null,
  added_by      text not null,
  added_run     uuid,
  revoked_at    timestamptz,
  revoked_by    text,
  revoked_run   uuid,
  check ((revoked_at is null) = (revoked_by is null))
);
comment on table dot.dot_actor_key is
  'The public SSH keys with which people sign their decisions, append-only but for the revocation. A key is one person''s for ever. Whose approval it came by its run tells: added_run.';
create index dot_actor_key_actor on dot.dot_actor_key (actor_id);

create table dot.review_signature (
  review_decision_id uuid primary key references dot.review_decision,
  fingerprint        text not null references dot.dot_actor_key,
  statement          text not null,
  signature          text not null
);
comment on table dot.review_signature is
  'Signatures over decisions, append-only: the exact text that was signed (fn_review_text), and the armoured SSH signature (SSHSIG, namespace dot-approval). The database cannot verify it; dot does, when a decision is made, before a proposal is applied, and in dot audit verify.';
create index review_signature_key on dot.review_signature (fingerprint);

alter table dot.approval_policy add column signed boolean not null default false;
comment on column dot.approval_policy.signed is 'An approval counts only with a signature by a registered key of its reviewer.';

-- Their parameters, or the columns that one gives, change. Their files create them anew.
drop function if exists dot.fn_proposal_decide(uuid, text, text, jsonb);
drop function if exists dot.fn_proposal_approve(uuid, text, jsonb);
drop function if exists dot.fn_proposal_reject(uuid, text, jsonb);
drop function if exists dot.fn_proposal_review(uuid, text, text, jsonb);
drop function if exists dot.fn_policy_list(boolean);
reset role;

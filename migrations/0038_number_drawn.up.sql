-- A number of a run is drawn by nobody but a transaction that commits; a session is presented by a gateway that was one when it was opened.
set local role dot_owner;
create unlogged table dot.dot_command_run_ending (
  run_id uuid primary key
);
comment on table dot.dot_command_run_ending is
  'The runs whose transaction is committing, empty at any other time. Its deferred trigger has the name of that on dot_command_run, so that nobody can set one of them to immediate and not the other; run within the other, it finds that somebody did (fn_run_number).';

comment on column dot.audit_number_wait.holders is
  'The transactions (virtual transaction ids) that had drawn a number and not ended when the sealer last looked: each holds a lock on the sequence.';

alter table dot.dot_session add column gateways jsonb not null default '{}';
comment on column dot.dot_session.gateways is
  'The logins that were gateways as the session was opened, each with its standing then (fn_session_standing): only they may present it, as long as they are what they were.';

comment on table dot.review_signature is
  'Signatures over decisions, append-only: the exact text that was signed (fn_review_text), and the armoured SSH signature (SSHSIG, namespace dot-approval), verified when the decision is given (fn_ssh_verified). What was put in otherwise dot finds: before a proposal is applied, and in dot audit verify.';
reset role;

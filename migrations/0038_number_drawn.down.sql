set local role dot_owner;
alter table dot.dot_session drop column gateways;
comment on column dot.audit_number_wait.holders is null;
comment on table dot.review_signature is
  'Signatures over decisions, append-only: the exact text that was signed (fn_review_text), and the armoured SSH signature (SSHSIG, namespace dot-approval). The database cannot verify it; dot does, when a decision is made, before a proposal is applied, and in dot audit verify.';
drop table dot.dot_command_run_ending;
reset role;

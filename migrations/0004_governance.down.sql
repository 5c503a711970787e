set local role dot_owner;
drop function if exists dot.fn_policy_resolve(text, text);
drop function if exists dot.fn_proposal_lock(uuid);
drop table dot.delegation;
alter table dot.iu_relation drop column proposal_id;
alter table dot.review_decision
  drop constraint revoked_decision, drop constraint decided_on_a_proposal, drop constraint decided_on_content,
  drop constraint revocation_names_its_decision, drop constraint verdict_is_known;
alter table dot.review_decision disable trigger user;
alter table dot.review_decision_use disable trigger user;
delete from dot.review_decision_use where review_decision_id in (select review_decision_id from dot.review_decision where operation is null);
delete from dot.review_decision where operation is null;
alter table dot.review_decision enable trigger user;
alter table dot.review_decision_use enable trigger user;
alter table dot.review_decision
  drop column payload_digest, drop column base_digest, drop column revokes,
  alter column operation set not null, alter column operation_digest set not null,
  add constraint review_decision_review_kind_check check (review_kind in ('iu_split', 'iu_merge', 'iu_revert')),
  add constraint review_decision_verdict_check check (verdict in ('approved', 'rejected', 'needs_revision'));
drop index dot.review_decision_proposal;
comment on table dot.review_decision is
  'What a reviewer decided on one exact operation, append-only; a later row on the same operation replaces the earlier. operation_digest is the sha-256 (hex) of operation as text.';
drop table dot.workflow_change_requests, dot.proposal_revision, dot.proposal, dot.approval_policy, dot.proposal_kind;
reset role;

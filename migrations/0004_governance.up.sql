-- Nothing here waits: the tables it alters are small, and a migration is one transaction, which cannot build an index
-- concurrently. The functions and constraints that it drops come back wider.
-- squawk-ignore-file ban-drop-function, constraint-missing-not-valid, require-concurrent-index-creation, ban-drop-constraint, ban-drop-not-null, adding-field-with-default
-- Proposals, approval policies, decisions bound to content, delegation. A run that carries a proposal says so in the
-- effects of its audit row, so that table stays as it is.
set local role dot_owner;

-- The parameters of these change. Their files create them anew.
drop function if exists dot.fn_command_admit(text, text, text, boolean);
drop function if exists dot.fn_iu_piece_split(uuid, int[], uuid);
drop function if exists dot.fn_iu_piece_merge(uuid[], uuid);
drop function if exists dot.fn_iu_revert(uuid, uuid);
drop function if exists dot.fn_iu_plan_revert(uuid);
drop function if exists dot.fn_iu_operation_revert(uuid);
drop function if exists dot.fn_iu_operation_now(text, jsonb);
drop function if exists dot.fn_iu_check_piece(uuid);
drop function if exists dot.fn_iu_lineage(uuid);
drop function if exists dot.fn_iu_piece_finish(text, uuid, uuid, uuid[], jsonb, jsonb);
drop function if exists dot.fn_review_decide(text, jsonb, text, text, jsonb);
drop function if exists dot.fn_review_digest(jsonb);
drop function if exists dot.fn_review_judge(uuid, jsonb);
drop function if exists dot.fn_review_list(text, text, int);
drop function if exists dot.fn_review_outline(jsonb);
drop function if exists dot.fn_review_record(text, jsonb, text, text, jsonb, text, text, text, boolean);
drop function if exists dot.fn_review_show(uuid);
drop function if exists dot.fn_review_spend(uuid, jsonb);

-- What can be proposed.

create table dot.proposal_kind (
  kind_code         text primary key check (kind_code ~ '^[a-z][a-z0-9_]*$'),
  summary           text not null,
  lands_in          text not null check (lands_in in ('proposal', 'workflow_change_requests')),
  risk              text not null check (risk in ('low', 'high', 'critical')),
  payload           jsonb not null check (jsonb_typeof(payload) = 'object'),
  validate_function text check (validate_function ~ '^fn_[a-z0-9_]+$'),
  preview_function  text check (preview_function ~ '^fn_[a-z0-9_]+$'),
  lock_function     text check (lock_function ~ '^fn_[a-z0-9_]+$'),
  apply_function    text check (apply_function ~ '^fn_[a-z0-9_]+$'),
  check_function    text check (check_function ~ '^fn_[a-z0-9_]+$'),
  command_code      text,
  status            text not null default 'active' check (status in ('active', 'deprecated', 'archived')),
  registered_at     timestamptz not null default clock_timestamp(),
  unique (kind_code, lands_in)
);
comment on table dot.proposal_kind is
  'The kinds of proposals, from catalog/proposal_kinds. payload is {member: {type, required, help}}. The functions take the payload as jsonb: validate gives {payload, base, refs, risk}, preview what would change, lock holds the base still, apply does it; check takes the proposal and verifies what was applied. Without an apply function that exists, a kind can be submitted and reviewed, not applied. command_code is the command that --propose turns into this kind.';

create table dot.approval_policy (
  policy_code   text not null check (policy_code ~ '^[a-z][a-z0-9_.]*$'),
  version       int not null check (version > 0),
  proposal_kind text,
  risk          text check (risk in ('low', 'high', 'critical')),
  factors       jsonb not null check (jsonb_typeof(factors) = 'array'),
  deny_quorum   int not null default 1 check (deny_quorum > 0),
  allow_self    boolean not null default false,
  allow_agent   boolean not null default false,
  approval_ttl  interval not null check (approval_ttl > interval '0'),
  level         text not null check (level in ('advisory', 'soft_mandatory', 'hard_mandatory')),
  summary       text not null,
  status        text not null default 'active' check (status in ('active', 'retired')),
  proposal_id   uuid,
  run_id        uuid,
  made_at       timestamptz not null,
  made_by       text not null,
  primary key (policy_code, version),
  constraint later_versions_come_from_a_proposal check (version = 1 or proposal_id is not null),
  constraint mandatory_means_someone check (level = 'advisory' or jsonb_array_length(factors) > 0),
  constraint policy_changes_are_hard_mandatory check (
    proposal_kind is distinct from 'policy_change'
    or (level = 'hard_mandatory' and status = 'active' and not allow_self and not allow_agent and risk is null))
);
comment on table dot.approval_policy is
  'Who must approve what, in versions, append-only; the highest version of a code is in force. proposal_kind and risk say what it is for, null being any. factors [{role, n}]: n different principals who hold the role. The first versions come from catalog/policies, all later ones from proposals of kind policy_change.';

create table dot.proposal (
  proposal_id            uuid primary key,
  proposal_kind          text not null,
  lands_in               text not null generated always as ('proposal') stored,
  title                  text not null,
  risk                   text not null check (risk in ('low', 'high', 'critical')),
  proposer_class         text not null check (proposer_class in ('human', 'kg_feedback', 'governance_audit', 'agent')),
  proposer_id            text not null,
  proposer_principal     text,
  proposer_verified      boolean not null,
  proposer_login         text not null default session_user,
  proposed_at            timestamptz not null,
  proposal_state         text not null
    check (proposal_state in ('draft', 'submitted', 'review', 'approved', 'rejected', 'merged', 'withdrawn', 'expired')),
  revision               int not null default 1 check (revision > 0),
  affected_artifact_refs jsonb not null default '[]' check (jsonb_typeof(affected_artifact_refs) = 'array'),
  proposed_action_jsonb  jsonb not null,
  evidence_refs_jsonb    jsonb not null default '[]' check (jsonb_typeof(evidence_refs_jsonb) = 'array'),
  payload_digest         text not null,
  base_jsonb             jsonb,
  base_digest            text not null,
  policy_code            text not null,
  policy_version         int not null,
  approval_id            uuid not null,
  submitted_at           timestamptz,
  expires_at             timestamptz not null,
  outcome_jsonb          jsonb,
  merged_at              timestamptz,
  created_at             timestamptz not null,
  run_id                 uuid,
  applied_run_id         uuid,
  trace_id               text,
  foreign key (proposal_kind, lands_in) references dot.proposal_kind (kind_code, lands_in),
  foreign key (policy_code, policy_version) references dot.approval_policy (policy_code, version),
  check ((proposal_state = 'merged') = (merged_at is not null)),
  check (proposal_state = 'draft' or proposal_state = 'withdrawn' or submitted_at is not null)
) with (fillfactor = 80);
comment on table dot.proposal is
  'Everything that was proposed, with its present revision. proposed_action_jsonb is the payload, base_jsonb what it was made on; the digests are the sha-256 (hex) of their text. policy_code and policy_version are pinned when it is submitted. Of the states, approved and rejected are what the last decision made of it, for lists: whether it may be applied is computed when it is.';
create index proposal_state on dot.proposal (proposal_state, proposal_id desc);
create index proposal_kind_newest on dot.proposal (proposal_kind, proposal_id desc);
create index proposal_refs on dot.proposal using gin (affected_artifact_refs jsonb_path_ops);

create table dot.proposal_revision (
  proposal_id      uuid not null references dot.proposal,
  revision         int not null check (revision > 0),
  payload          jsonb not null,
  payload_digest   text not null,
  base             jsonb,
  base_digest      text not null,
  evidence         jsonb not null,
  approval_id      uuid not null unique,
  editor_id        text not null,
  editor_kind      text not null,
  editor_principal text,
  editor_verified  boolean not null,
  editor_login     text not null default session_user,
  note             text,
  made_at          timestamptz not null,
  run_id           uuid,
  primary key (proposal_id, revision)
);
comment on table dot.proposal_revision is
  'Every revision of every proposal, append-only: the payload, what it was made on, and who edited it. approval_id is the approval that is sought for exactly this revision.';

create table dot.workflow_change_requests (
  change_request_id     uuid primary key,
  change_kind           text not null,
  lands_in              text not null generated always as ('workflow_change_requests') stored,
  title                 text not null,
  proposer_class        text not null check (proposer_class in ('human', 'kg_feedback', 'governance_audit', 'agent')),
  proposer_id           text not null,
  proposer_principal    text,
  request_state         text not null check (request_state in ('submitted', 'withdrawn')),
  proposed_action_jsonb jsonb not null,
  payload_digest        text not null,
  evidence_refs_jsonb   jsonb not null default '[]',
  requested_at          timestamptz not null,
  run_id                uuid,
  trace_id              text,
  foreign key (change_kind, lands_in) references dot.proposal_kind (kind_code, lands_in)
);
comment on table dot.workflow_change_requests is
  'Requests to change a workflow''s graph. No other kind lands here, and these land nowhere else: the kind decides, by foreign key.';

-- Decisions.

alter table dot.review_decision drop constraint review_decision_review_kind_check, drop constraint review_decision_verdict_check;
alter table dot.review_decision
  alter column operation drop not null,
  alter column operation_digest drop not null,
  add column payload_digest text,
  add column base_digest text,
  add column revokes uuid;
alter table dot.review_decision
  add constraint verdict_is_known check (verdict in ('approved', 'rejected', 'needs_revision', 'revoked')) not valid,
  add constraint revocation_names_its_decision check ((verdict = 'revoked') = (revokes is not null)) not valid,
  add constraint decided_on_content check (
    operation_digest is not null or (proposal_id is not null and payload_digest is not null and base_digest is not null)) not valid,
  add constraint decided_on_a_proposal foreign key (proposal_id) references dot.proposal not valid,
  add constraint revoked_decision foreign key (revokes) references dot.review_decision not valid;
alter table dot.review_decision validate constraint verdict_is_known;
alter table dot.review_decision validate constraint revocation_names_its_decision;
alter table dot.review_decision validate constraint decided_on_content;
alter table dot.review_decision validate constraint decided_on_a_proposal;
alter table dot.review_decision validate constraint revoked_decision;
create index review_decision_proposal on dot.review_decision (proposal_id, decision_no desc);
comment on table dot.review_decision is
  'What a reviewer decided on one revision of a proposal, append-only. It counts only for the payload and the base whose digests it holds. Revoking is a new row. operation and operation_digest are of decisions made before there were proposals.';
alter table dot.iu_relation add column proposal_id uuid;
alter table dot.iu_relation add constraint lineage_of_a_proposal foreign key (proposal_id) references dot.proposal not valid;
alter table dot.iu_relation validate constraint lineage_of_a_proposal;
create index iu_relation_proposal on dot.iu_relation (proposal_id) where proposal_id is not null;

create table dot.delegation (
  delegation_id       uuid primary key,
  delegator_id        text not null,
  delegator_principal text not null,
  delegator_login     text not null default session_user,
  delegator_verified  boolean not null,
  delegate_id         text not null,
  delegate_principal  text not null,
  reason              text not null,
  valid_from          timestamptz not null,
  valid_until         timestamptz not null,
  revoked_at          timestamptz,
  revoked_by          text,
  run_id              uuid,
  check (valid_until > valid_from),
  check (delegator_principal <> delegate_principal),
  check ((revoked_at is null) = (revoked_by is null))
);
comment on table dot.delegation is
  'Who decides in whose place, for how long. One hop: at any time a principal stands in one delegation at most, on either side of it. A delegate''s decision counts as the delegator''s.';
create index on dot.delegation (delegator_principal, valid_until);
create index on dot.delegation (delegate_principal, valid_until);
reset role;

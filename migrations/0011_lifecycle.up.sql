-- Nothing here waits: these tables are small, and a migration is one transaction. The functions that are dropped come back
-- under the same names.
-- squawk-ignore-file ban-drop-function, constraint-missing-not-valid, require-concurrent-index-creation, ban-drop-constraint, adding-field-with-default
-- What is deprecated says so where it is used, and what is applied without its quorum says why it was.
set local role dot_owner;

-- The parameters of these change. Their files create them anew.
drop function if exists dot.fn_proposal_merge(uuid, uuid, jsonb, uuid[]);
drop function if exists dot.fn_command_admit(text, text, text, boolean, uuid);
drop function if exists dot.fn_registry_list();

alter table dot.dot_command_catalog drop constraint dot_command_catalog_status_check;
alter table dot.dot_command_catalog add constraint dot_command_catalog_status_check
  check (status in ('active', 'deprecated', 'retired')) not valid;
alter table dot.dot_command_catalog validate constraint dot_command_catalog_status_check;

-- Looked into at every use of an entry, and mostly empty.
create index registry_birth_deprecated on dot.registry_birth (registry_code, entry_key) where lifecycle = 'deprecated';

alter table dot.registry_catalog
  add column validate_function text check (validate_function ~ '^fn_[a-z0-9_]+$'),
  add column birth text[] not null default '{catalog,command,proposal}' check (birth <@ array['catalog', 'command', 'proposal'] and cardinality(birth) > 0),
  add column compat text not null default 'replace' check (compat in ('replace', 'versioned'));
comment on table dot.registry_catalog is
  'The registries of the platform, from catalog/registries, as they are expected to be: columns is {name: type}; key_column is null where the key has several columns. candidate: planned, may be absent. validate_function takes an entry as jsonb and says in words what is wrong with it, beyond what its table checks. birth: what an entry may come from. compat: whether an entry may be replaced, or never changes and is followed by another version.';

alter table dot.proposal_kind add column propose_function text check (propose_function ~ '^fn_[a-z0-9_]+$');
comment on table dot.proposal_kind is
  'The kinds of proposals, from catalog/proposal_kinds. payload is {member: {type, required, help}}. The functions take the payload as jsonb: propose looks at it once, when it is proposed, raises what speaks against it, and may give {risk}; validate gives {payload, base, refs, risk}, and is asked for the base again each time; preview what would change, lock holds the base still, apply does it; check takes the proposal and verifies what was applied. Without an apply function that exists, a kind can be submitted and reviewed, not applied. command_code is the command that --propose turns into this kind.';

-- An enqueue reads no registry.
alter table dot.job_lane add column is_deprecated boolean not null default false;
comment on table dot.job_lane is
  'The lines of jobs, one for each executor class and queue, whether jobs may be put in and taken out as the gates and registries stand, and whether its queue is deprecated. Derived: kept by triggers of dot_config, queue_registry, executor_class_registry and registry_birth.';

comment on table dot.approval_policy is
  'Who must approve what, in versions, append-only; the highest version of a code is in force. proposal_kind and risk say what it is for, null being any. factors [{role, n}]: n different principals who hold the role. level says what may do without them: advisory, any person, who is warned; soft_mandatory, a person with an emergency open for it; hard_mandatory, nobody. The first versions come from catalog/policies, all later ones from proposals of kind policy_change.';
reset role;

-- squawk-ignore-file constraint-missing-not-valid, ban-drop-constraint
set local role dot_owner;
alter table dot.registry_catalog drop column validate_function, drop column birth, drop column compat;
comment on table dot.registry_catalog is
  'The registries of the platform, from catalog/registries, as they are expected to be: columns is {name: type}; key_column is null where the key has several columns. candidate: planned, may be absent.';
alter table dot.proposal_kind drop column propose_function;
comment on table dot.proposal_kind is
  'The kinds of proposals, from catalog/proposal_kinds. payload is {member: {type, required, help}}. The functions take the payload as jsonb: validate gives {payload, base, refs, risk}, preview what would change, lock holds the base still, apply does it; check takes the proposal and verifies what was applied. Without an apply function that exists, a kind can be submitted and reviewed, not applied. command_code is the command that --propose turns into this kind.';
drop index dot.registry_birth_deprecated;
drop trigger if exists lanes on dot.registry_birth;
alter table dot.job_lane drop column is_deprecated;
comment on table dot.job_lane is
  'The lines of jobs, one for each executor class and queue, and whether jobs may be put in and taken out as the gates and registries stand. Derived: kept by triggers of dot_config, queue_registry and executor_class_registry.';
update dot.dot_command_catalog set status = 'active' where status = 'deprecated';
alter table dot.dot_command_catalog drop constraint dot_command_catalog_status_check;
alter table dot.dot_command_catalog add constraint dot_command_catalog_status_check check (status in ('active', 'retired')) not valid;
alter table dot.dot_command_catalog validate constraint dot_command_catalog_status_check;
comment on table dot.approval_policy is
  'Who must approve what, in versions, append-only; the highest version of a code is in force. proposal_kind and risk say what it is for, null being any. factors [{role, n}]: n different principals who hold the role. The first versions come from catalog/policies, all later ones from proposals of kind policy_change.';
reset role;

-- squawk-ignore-file ban-drop-constraint, constraint-missing-not-valid
-- How the jobs of a class are done is its kind's; nothing is done by the name of a class.
set local role dot_owner;
alter table dot.executor_class_registry drop constraint executor_class_registry_executor_kind_check;
alter table dot.executor_class_registry add constraint executor_class_registry_executor_kind_check
  check (executor_kind in ('database', 'command', 'program', 'template', 'channel', 'network', 'person')) not valid;
alter table dot.executor_class_registry validate constraint executor_class_registry_executor_kind_check;
reset role;

-- squawk-ignore-file ban-drop-constraint, constraint-missing-not-valid
set local role dot_owner;
update dot.executor_class_registry set executor_kind = case executor_kind when 'channel' then 'network' else 'program' end
 where executor_kind in ('command', 'template', 'channel');
alter table dot.executor_class_registry drop constraint executor_class_registry_executor_kind_check;
alter table dot.executor_class_registry add constraint executor_class_registry_executor_kind_check
  check (executor_kind in ('database', 'program', 'network', 'person')) not valid;
alter table dot.executor_class_registry validate constraint executor_class_registry_executor_kind_check;
reset role;

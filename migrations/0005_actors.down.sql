drop index dot.dot_command_run_hour;
drop table dot.break_glass;
alter table dot.dot_actor drop column roles, drop column added_by, drop column run_id, drop column changed_at;

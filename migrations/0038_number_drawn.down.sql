set local role dot_owner;
alter table dot.dot_session drop column gateways;
comment on column dot.audit_number_wait.holders is null;
drop table dot.dot_command_run_ending;
reset role;

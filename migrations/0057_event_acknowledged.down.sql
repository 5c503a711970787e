-- squawk-ignore-file ban-drop-function
set local role dot_owner;
drop function if exists dot.fn_event_acknowledge(text, boolean);
alter table dot.event_validation_audit drop column acknowledged_at, drop column acknowledged_run_id;
reset role;

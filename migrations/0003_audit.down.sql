set local role dot_owner;
-- Their function writes to a table that is about to go.
drop trigger if exists enqueue_insert on dot.dot_command_run;
drop trigger if exists enqueue_update on dot.dot_command_run;
drop view dot.v_audit_row;
drop index dot.dot_command_run_governing;
drop table dot.audit_checkpoint, dot.audit_leaf, dot.audit_pending;
reset role;

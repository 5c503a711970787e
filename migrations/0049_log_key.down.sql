set local role dot_owner;
drop function if exists dot.fn_audit_checkpoint(text, text);
drop table dot.audit_log_key;
reset role;

create or replace function dot.fn_audit_protect() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  raise exception using errcode = 'DT409', message = format('%s is append-only', tg_table_name),
    hint = 'What is sealed is never changed; dot audit verify would find it.';
end
$$;
comment on function dot.fn_audit_protect() is
  'Keeps audit_leaf, audit_checkpoint and audit_log_key append-only: DT409 for any update, delete or truncate, also where session_replication_role is replica.';
create or replace trigger protect before update or delete on dot.audit_leaf
  for each row execute function dot.fn_audit_protect();
create or replace trigger protect_truncate before truncate on dot.audit_leaf
  for each statement execute function dot.fn_audit_protect();
create or replace trigger protect before update or delete on dot.audit_checkpoint
  for each row execute function dot.fn_audit_protect();
create or replace trigger protect_truncate before truncate on dot.audit_checkpoint
  for each statement execute function dot.fn_audit_protect();
create or replace trigger protect before update or delete on dot.audit_log_key
  for each row execute function dot.fn_audit_protect();
create or replace trigger protect_truncate before truncate on dot.audit_log_key
  for each statement execute function dot.fn_audit_protect();
alter table dot.audit_leaf enable always trigger protect, enable always trigger protect_truncate;
alter table dot.audit_checkpoint enable always trigger protect, enable always trigger protect_truncate;
alter table dot.audit_log_key enable always trigger protect, enable always trigger protect_truncate;

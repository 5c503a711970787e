create or replace function dot.fn_history_protect() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_old jsonb;
  v_new jsonb;
begin
  if tg_op = 'UPDATE' then
    v_old := to_jsonb(old);
    v_new := to_jsonb(new);
    if v_new - tg_argv = v_old - tg_argv and not exists (select 1 from unnest(tg_argv) c(name) where v_old -> c.name <> 'null') then
      return new;
    end if;
  end if;
  raise exception using errcode = 'DT409', message = format('the history in %s cannot be changed or deleted', tg_table_name), hint = 'It is append-only.';
end
$$;
comment on function dot.fn_history_protect() is
  'Keeps a table append-only. The columns named as arguments of the trigger may be filled once. DT409 for anything else.';
create or replace trigger protect before update or delete on dot.proposal_revision for each row execute function dot.fn_history_protect();
create or replace trigger protect_truncate before truncate on dot.proposal_revision for each statement execute function dot.fn_history_protect();
create or replace trigger protect before update or delete on dot.approval_policy for each row execute function dot.fn_history_protect();
create or replace trigger protect_truncate before truncate on dot.approval_policy for each statement execute function dot.fn_history_protect();
create or replace trigger protect before update or delete on dot.workflow_change_requests for each row execute function dot.fn_history_protect();
create or replace trigger protect_truncate before truncate on dot.workflow_change_requests for each statement execute function dot.fn_history_protect();
create or replace trigger protect before update or delete on dot.delegation for each row execute function dot.fn_history_protect('revoked_at', 'revoked_by');
create or replace trigger protect_truncate before truncate on dot.delegation for each statement execute function dot.fn_history_protect();
alter table dot.proposal_revision enable always trigger protect, enable always trigger protect_truncate;
alter table dot.approval_policy enable always trigger protect, enable always trigger protect_truncate;
alter table dot.workflow_change_requests enable always trigger protect, enable always trigger protect_truncate;
alter table dot.delegation enable always trigger protect, enable always trigger protect_truncate;
create or replace trigger protect before update or delete on dot.dot_actor_was for each row execute function dot.fn_history_protect();
create or replace trigger protect_truncate before truncate on dot.dot_actor_was for each statement execute function dot.fn_history_protect();
alter table dot.dot_actor_was enable always trigger protect, enable always trigger protect_truncate;
create or replace trigger protect before update or delete on dot.dot_command_run_proposal for each row execute function dot.fn_history_protect('judged_xid', 'decisions', 'without_quorum');
create or replace trigger protect_truncate before truncate on dot.dot_command_run_proposal for each statement execute function dot.fn_history_protect();
alter table dot.dot_command_run_proposal enable always trigger protect, enable always trigger protect_truncate;
create or replace trigger protect before update or delete on dot.dot_row_history for each row execute function dot.fn_history_protect();
create or replace trigger protect_truncate before truncate on dot.dot_row_history for each statement execute function dot.fn_history_protect();
alter table dot.dot_row_history enable always trigger protect, enable always trigger protect_truncate;
create or replace trigger protect before update or delete on dot.dot_command_run_number for each row execute function dot.fn_history_protect();
create or replace trigger protect_truncate before truncate on dot.dot_command_run_number for each statement execute function dot.fn_history_protect();
alter table dot.dot_command_run_number enable always trigger protect, enable always trigger protect_truncate;
create or replace trigger protect before update or delete on dot.audit_number_settled for each row execute function dot.fn_history_protect();
create or replace trigger protect_truncate before truncate on dot.audit_number_settled for each statement execute function dot.fn_history_protect();
alter table dot.audit_number_settled enable always trigger protect, enable always trigger protect_truncate;
create or replace trigger protect before update or delete on dot.dot_actor_key for each row execute function dot.fn_history_protect('revoked_at', 'revoked_by', 'revoked_run');
create or replace trigger protect_truncate before truncate on dot.dot_actor_key for each statement execute function dot.fn_history_protect();
alter table dot.dot_actor_key enable always trigger protect, enable always trigger protect_truncate;
create or replace trigger protect before update or delete on dot.review_signature for each row execute function dot.fn_history_protect();
create or replace trigger protect_truncate before truncate on dot.review_signature for each statement execute function dot.fn_history_protect();
alter table dot.review_signature enable always trigger protect, enable always trigger protect_truncate;

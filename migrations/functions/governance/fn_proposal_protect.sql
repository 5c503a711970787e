create or replace function dot.fn_proposal_protect() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'proposal' then
    if old.proposal_state not in ('merged', 'withdrawn')
      and new.payload_digest = dot.fn_proposal_digest(new.proposed_action_jsonb) and new.base_digest = dot.fn_proposal_digest(new.base_jsonb)
      and (old.proposal_id, old.proposal_kind, old.proposer_id, old.proposer_principal, old.proposed_at, old.created_at)
        is not distinct from (new.proposal_id, new.proposal_kind, new.proposer_id, new.proposer_principal, new.proposed_at, new.created_at)
      -- Another payload or base is another revision, which nothing given before counts for.
      and (old.payload_digest, old.base_digest, old.approval_id) is not distinct from (new.payload_digest, new.base_digest, new.approval_id)
        = (new.revision = old.revision)
      and new.revision - old.revision in (0, 1)
    then
      return new;
    end if;
  elsif tg_op = 'UPDATE' and tg_table_name = 'delegation' then
    if old.revoked_at is null and new.revoked_at is not null
      and to_jsonb(new) - 'revoked_at' - 'revoked_by' = to_jsonb(old) - 'revoked_at' - 'revoked_by'
    then
      return new;
    end if;
  elsif tg_op = 'UPDATE' and tg_table_name = 'workflow_change_requests' then
    if to_jsonb(new) - 'request_state' = to_jsonb(old) - 'request_state' and old.request_state = 'submitted' then
      return new;
    end if;
  end if;
  raise exception using errcode = 'DT409', message = format('this row of %s cannot be changed or deleted', tg_table_name),
    hint = 'Its history is append-only: revise the proposal, or make a new one.';
end
$$;
comment on function dot.fn_proposal_protect() is
  'Keeps the history of governance: revisions and policies never change, a proposal changes by revisions and not at all once merged or withdrawn, its digests are always those of its content, a delegation takes its revocation once. DT409 for anything else.';
create or replace trigger protect before update or delete on dot.proposal for each row execute function dot.fn_proposal_protect();
create or replace trigger protect_truncate before truncate on dot.proposal for each statement execute function dot.fn_proposal_protect();
create or replace trigger protect before update or delete on dot.proposal_revision for each row execute function dot.fn_proposal_protect();
create or replace trigger protect_truncate before truncate on dot.proposal_revision for each statement execute function dot.fn_proposal_protect();
create or replace trigger protect before update or delete on dot.approval_policy for each row execute function dot.fn_proposal_protect();
create or replace trigger protect_truncate before truncate on dot.approval_policy for each statement execute function dot.fn_proposal_protect();
create or replace trigger protect before update or delete on dot.delegation for each row execute function dot.fn_proposal_protect();
create or replace trigger protect_truncate before truncate on dot.delegation for each statement execute function dot.fn_proposal_protect();
create or replace trigger protect before update or delete on dot.workflow_change_requests for each row execute function dot.fn_proposal_protect();
create or replace trigger protect_truncate before truncate on dot.workflow_change_requests for each statement execute function dot.fn_proposal_protect();

create or replace function dot.fn_proposal_protect() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if tg_op = 'UPDATE' and old.proposal_state not in ('merged', 'withdrawn')
    and new.payload_digest = dot.fn_proposal_digest(new.proposed_action_jsonb) and new.base_digest = dot.fn_proposal_digest(new.base_jsonb)
    and (old.proposal_id, old.proposal_kind, old.proposer_id, old.proposer_principal, old.proposed_at, old.created_at)
      is not distinct from (new.proposal_id, new.proposal_kind, new.proposer_id, new.proposer_principal, new.proposed_at, new.created_at)
    -- Another payload or base is another revision, which nothing given before counts for.
    and ((old.payload_digest, old.base_digest, old.approval_id) is not distinct from (new.payload_digest, new.base_digest, new.approval_id))
      = (new.revision = old.revision)
    and new.revision - old.revision in (0, 1)
  then
    return new;
  end if;
  raise exception using errcode = 'DT409', message = 'a proposal changes by revisions only, and not at all once it is merged or withdrawn',
    hint = 'Revise it, or make a new one.';
end
$$;
comment on function dot.fn_proposal_protect() is
  'Keeps a proposal what its revisions say: its digests are always those of its content, another content is another revision, and nothing changes once it is merged or withdrawn. DT409 for anything else.';
create or replace trigger protect before update or delete on dot.proposal for each row execute function dot.fn_proposal_protect();
create or replace trigger protect_truncate before truncate on dot.proposal for each statement execute function dot.fn_proposal_protect();
alter table dot.proposal enable always trigger protect, enable always trigger protect_truncate;

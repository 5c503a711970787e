create or replace function dot.fn_proposal_revise_record(p_proposal uuid, p_note text) returns void
language sql volatile security definer set search_path = dot, pg_temp
as $$
  insert into dot.proposal_revision (
    proposal_id, revision, payload, payload_digest, base, base_digest, evidence, approval_id,
    editor_id, editor_kind, editor_principal, editor_verified, note, made_at, run_id)
  select p.proposal_id, p.revision, p.proposed_action_jsonb, p.payload_digest, p.base_jsonb, p.base_digest, p.evidence_refs_jsonb, p.approval_id,
         a.actor_id, a.actor_kind, a.principal, a.verified, p_note, dot.fn_clock_now(), dot.fn_run_current()
    from dot.proposal p, dot.fn_actor_current() a where p.proposal_id = p_proposal
$$;
comment on function dot.fn_proposal_revise_record(uuid, text) is 'Keeps the present revision of a proposal, with the current actor as its editor.';

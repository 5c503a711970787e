create or replace function dot.fn_review_record(
  p_proposal uuid, p_verdict text, p_rationale text, p_evidence jsonb,
  p_reviewer text, p_reviewer_kind text, p_principal text, p_verified boolean, p_revokes uuid default null)
returns uuid
language sql volatile security definer set search_path = dot, pg_temp
as $$
  insert into dot.review_decision (
    review_decision_id, review_kind, proposal_id, approval_id, revision, payload_digest, base_digest, revokes,
    reviewer_id, reviewer_kind, reviewer_principal, reviewer_verified,
    verdict, decision_rationale, evidence_refs_jsonb, decided_at, run_id, trace_id)
  select dot.fn_uuid_v7(), p.proposal_kind, p.proposal_id, p.approval_id, p.revision,
         -- Of the payload itself, not of what its row says of it.
         dot.fn_proposal_digest(p.proposed_action_jsonb), p.base_digest, p_revokes,
         p_reviewer, p_reviewer_kind, p_principal, p_verified, p_verdict, p_rationale, coalesce(p_evidence, '[]'), dot.fn_clock_now(),
         dot.fn_run_current(), nullif(current_setting('dot.trace_id', true), '')
    from dot.proposal p where p.proposal_id = p_proposal
  returning review_decision_id
$$;
comment on function dot.fn_review_record(uuid, text, text, jsonb, text, text, text, boolean, uuid) is
  'Writes one decision on the present revision of a proposal, for a reviewer who has been identified by the caller. Returns its id.';

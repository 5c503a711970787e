create or replace function dot.fn_proposal_show(p_proposal uuid) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_judged jsonb;
  v_shown  jsonb;
begin
  select jsonb_build_object('proposal', w.change_request_id, 'kind', w.change_kind, 'title', w.title, 'state', w.request_state,
           'risk', (select k.risk from dot.proposal_kind k where k.kind_code = w.change_kind), 'revision', 1,
           'lands_in', 'workflow_change_requests', 'proposer', w.proposer_id, 'proposer_class', w.proposer_class, 'proposer_principal', w.proposer_principal,
           'proposed_at', w.requested_at, 'payload', w.proposed_action_jsonb,
           'payload_digest', w.payload_digest, 'evidence', w.evidence_refs_jsonb, 'next', 'Workflow change requests cannot be carried out yet.')
    into v_shown from dot.workflow_change_requests w where w.change_request_id = p_proposal;
  if found then
    return v_shown;
  end if;
  v_judged := dot.fn_proposal_judge(p_proposal);
  select jsonb_build_object(
           'proposal', p.proposal_id, 'kind', p.proposal_kind, 'title', p.title, 'state', v_judged -> 'state', 'risk', p.risk,
           'proposer', p.proposer_id, 'proposer_class', p.proposer_class, 'proposer_principal', p.proposer_principal,
           'proposer_verified', p.proposer_verified, 'proposed_at', p.proposed_at, 'submitted_at', p.submitted_at, 'expires_at', p.expires_at,
           'revision', p.revision, 'payload', dot.fn_proposal_visible(p.proposed_action_jsonb), 'payload_digest', p.payload_digest, 'base', p.base_jsonb, 'base_digest', p.base_digest,
           'refs', p.affected_artifact_refs, 'evidence', p.evidence_refs_jsonb, 'approval', p.approval_id,
           'preview', case when p.merged_at is null then dot.fn_proposal_preview(p.proposal_kind, dot.fn_proposal_visible(p.proposed_action_jsonb)) end,
           'policies', v_judged -> 'policies', 'missing', v_judged -> 'missing', 'excused', case when p.merged_at is null then v_judged -> 'excused' end, 'drift', v_judged -> 'drift',
           'may_apply', v_judged -> 'refusal' = 'null', 'refusal', v_judged -> 'refusal', 'next', dot.fn_proposal_next(p_proposal, v_judged),
           'decisions', (
             select coalesce(jsonb_agg(jsonb_build_object('decision', v.decision, 'reviewer', v.reviewer, 'counts_for', v.principal, 'verdict', v.verdict,
                      'rationale', d.decision_rationale, 'revision', d.revision, 'decided_at', d.decided_at, 'expires_at', v.expires_at,
                      'verified', d.reviewer_verified, 'stands', v.stands, 'because', v.because,
                      'signed', case when n.review_decision_id is not null then jsonb_build_object('key', n.fingerprint, 'statement', n.statement, 'signature', n.signature,
                        'allowed_signer', (select k.allowed_signer from dot.fn_actor_key_list(null, n.fingerprint) k)) end) order by v.decision_no), '[]')
               from dot.fn_proposal_votes(p_proposal, p.policy_code, p.policy_version, v_judged ->> 'base_now') v
               join dot.review_decision d on d.review_decision_id = v.decision
               left join dot.review_signature n on n.review_decision_id = v.decision),
           'revisions', (
             select jsonb_agg(jsonb_build_object('revision', r.revision, 'editor', r.editor_id, 'made_at', r.made_at, 'note', r.note,
                      'payload_digest', r.payload_digest, 'base_digest', r.base_digest) order by r.revision)
               from dot.proposal_revision r where r.proposal_id = p_proposal),
           'outcome', p.outcome_jsonb, 'merged_at', p.merged_at, 'applied_by_run', p.applied_run_id, 'run', p.run_id, 'trace', p.trace_id)
    into v_shown from dot.proposal p where p.proposal_id = p_proposal;
  return v_shown;
end
$$;
comment on function dot.fn_proposal_show(uuid) is
  'A proposal, whole, as it stands now: what it would change (payload, base, preview), who decided what and whether that counts, what is missing for the quorum under each policy, what drifted, the next step, and what came of it. DT404 when there is none.';

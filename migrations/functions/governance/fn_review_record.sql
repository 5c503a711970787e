create or replace function dot.fn_review_record(
  p_kind text, p_operation jsonb, p_verdict text, p_rationale text, p_evidence jsonb,
  p_reviewer text, p_reviewer_kind text, p_principal text, p_verified boolean)
returns uuid
language sql volatile security definer set search_path = dot, pg_temp
as $$
  insert into dot.review_decision (
    review_decision_id, review_kind, operation, operation_digest, revision, reviewer_id, reviewer_kind, reviewer_principal, reviewer_verified,
    verdict, decision_rationale, evidence_refs_jsonb, decided_at, run_id, trace_id)
  values (
    dot.fn_uuid_v7(), p_kind, p_operation, dot.fn_review_digest(p_operation),
    1 + (select count(*) from dot.review_decision d where d.operation_digest = dot.fn_review_digest(p_operation)),
    p_reviewer, p_reviewer_kind, p_principal, p_verified, p_verdict, p_rationale, coalesce(p_evidence, '[]'), dot.fn_clock_now(),
    nullif(current_setting('dot.run_id', true), '')::uuid, nullif(current_setting('dot.trace_id', true), ''))
  returning review_decision_id
$$;
comment on function dot.fn_review_record(text, jsonb, text, text, jsonb, text, text, text, boolean) is
  'Writes one review decision for a reviewer who has been identified by the caller. Returns its id.';

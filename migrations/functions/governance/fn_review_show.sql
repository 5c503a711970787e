create or replace function dot.fn_review_show(p_decision uuid) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_result jsonb;
begin
  select jsonb_build_object('ok', d.operation_digest = dot.fn_review_digest(d.operation),
           'decision', d.review_decision_id, 'kind', d.review_kind, 'verdict', d.verdict, 'rationale', d.decision_rationale,
           'operation', d.operation, 'operation_digest', d.operation_digest, 'revision', d.revision, 'evidence', d.evidence_refs_jsonb,
           'reviewer', d.reviewer_id, 'reviewer_kind', d.reviewer_kind, 'reviewer_principal', d.reviewer_principal,
           'reviewer_verified', d.reviewer_verified, 'login', d.reviewer_login, 'decided_at', d.decided_at, 'run', d.run_id,
           'fits_now', d.operation is not distinct from dot.fn_iu_operation_now(d.review_kind, d.operation),
           'used_at', u.used_at, 'used_by_run', u.run_id, 'result', u.result,
           'latest', not exists (select 1 from dot.review_decision n where n.operation_digest = d.operation_digest and n.decision_no > d.decision_no))
    into v_result
    from dot.review_decision d left join dot.review_decision_use u using (review_decision_id)
   where d.review_decision_id = p_decision;
  if v_result is null then
    raise exception using errcode = 'DT404', message = format('there is no review decision %s', p_decision), hint = 'dot review list';
  end if;
  return v_result;
end
$$;
comment on function dot.fn_review_show(uuid) is
  'One review decision: who decided what on which exact operation, whether the operation still fits the units (fits_now), and what came of it. ok says that the row is what its digest says. DT404 when there is none.';

do $$
declare
  v_ann      text := test.signer('ann');
  v_proposal uuid := test.tag_proposal();
  v_policy   text := (select policy_code from dot.proposal where proposal_id = v_proposal);
  v_id       uuid;
begin
  alter table dot.approval_policy disable trigger user;
  alter table dot.review_signature disable trigger user;
  alter table dot.review_decision_use disable trigger user;
  update dot.approval_policy set signed = true where policy_code = v_policy;
  -- Unsigned it counts for nothing, signed it does.
  perform dot.fn_review_record(v_proposal, 'approved', 'read', '[]', 'reviewer', 'human', null, false);
  perform test.refused(dot.fn_proposal_apply(v_proposal), 'approval_missing');
  v_id := (test.signs(v_ann, v_proposal, 'ann') ->> 'decision')::uuid;
  perform dot.fn_proposal_apply(v_proposal);
  perform test.equal((select count(*)::int from dot.fn_audit_finds_decision_unsigned()), 0);
  delete from dot.review_signature;
  perform test.equal((select object || ': ' || detail from dot.fn_audit_finds_decision_unsigned()), v_id || ': its policy asks for a signature, and it is not signed');
  -- Nor does it help to say that it was proposed under an earlier policy.
  insert into dot.approval_policy (policy_code, version, proposal_kind, risk, factors, approval_ttl, level, summary, signed, proposal_id, made_at, made_by)
  select policy_code, 2, proposal_kind, risk, factors, approval_ttl, level, summary, true, v_proposal, now() - interval '1 hour', 'x' from dot.approval_policy where policy_code = v_policy;
  update dot.approval_policy set signed = false where policy_code = v_policy and version = 1;
  perform test.equal((select object from dot.fn_audit_finds_decision_unsigned()), v_id::text);
  delete from dot.review_decision_use;
  perform test.equal((select object from dot.fn_audit_finds_decision_unsigned()), v_proposal::text);
end
$$;

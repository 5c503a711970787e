create or replace function dot.fn_audit_finds_decision_unsigned()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with merged as materialized (
    select p.proposal_id, p.applied_run_id, p.outcome_jsonb
      from dot.proposal p
     where p.proposal_state = 'merged'
       -- The pinned policy, and the one that was in force: a row may say that it is of an older one. What came about at the same
       -- time may not have been seen yet.
       and exists (
         select 1 from dot.approval_policy a
          where a.signed and (a.policy_code, a.version) in (
            select p.policy_code, p.policy_version
            union all
            select n.policy_code, max(n.version) from dot.approval_policy n where n.policy_code = p.policy_code and n.made_at < p.merged_at - interval '1 minute' group by n.policy_code))
  ),
  used as materialized (
    select m.applied_run_id, m.proposal_id, u.review_decision_id, dot.fn_review_unsigned(u.review_decision_id) as problem
      from merged m join dot.review_decision_use u on u.run_id = m.applied_run_id
      join dot.review_decision d on d.review_decision_id = u.review_decision_id and d.proposal_id = m.proposal_id
  )
  select 'decision_unsigned', u.review_decision_id::text, u.applied_run_id, 'its policy asks for a signature, and ' || u.problem from used u where u.problem is not null
  union all
  select 'decision_unsigned', m.proposal_id::text, m.applied_run_id, 'its policy asks for signatures, and it was carried out on no decision at all'
    from merged m where m.outcome_jsonb -> 'without_quorum' is null and not exists (select 1 from used u where u.proposal_id = m.proposal_id)
$$;
comment on function dot.fn_audit_finds_decision_unsigned() is
  'For fn_audit_objects: decision_unsigned, decisions that a proposal was carried out on although its policy asks for signatures and they have none that counts.';

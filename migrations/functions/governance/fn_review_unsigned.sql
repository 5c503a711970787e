create or replace function dot.fn_review_unsigned(p_decision uuid) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select case
    when s.review_decision_id is null then 'it is not signed'
    when k.fingerprint is null or k.actor_id <> d.reviewer_id or d.decided_at < k.added_at then 'its key was not registered for its reviewer'
    when d.decided_at >= k.revoked_at then 'its key had been revoked'
    when d.reviewer_kind <> 'human' then 'it was given by no person'
    when t.parts is null or t.parts ->> 'time' !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
      or (t.parts ->> 'proposal', t.parts ->> 'kind', t.parts ->> 'revision', t.parts ->> 'verdict', t.parts ->> 'reviewer', t.parts ->> 'base')
        is distinct from (d.proposal_id::text, d.review_kind, d.revision::text, d.verdict, d.reviewer_id, 'sha256:' || d.base_digest)
      or t.parts ->> 'payload' <> 'sha256:' || d.payload_digest
      -- The payload itself, not what anybody says of it.
      or r.payload is null or t.parts ->> 'payload' <> 'sha256:' || dot.fn_proposal_digest(r.payload)
      or t.parts ->> 'rationale' <> 'sha256:' || encode(sha256(convert_to(d.decision_rationale, 'UTF8')), 'hex')
      or t.parts ->> 'evidence' <> 'sha256:' || dot.fn_proposal_digest(d.evidence_refs_jsonb)
      or r.revision = p.revision and (t.parts ->> 'payload' <> 'sha256:' || dot.fn_proposal_digest(p.proposed_action_jsonb)
        or t.parts ->> 'code' <> coalesce('sha256:' || p.code_digest, 'none') or t.parts ->> 'policy' <> p.policy_code || '/' || p.policy_version)
      then 'what was signed is not this decision'
    -- Not before it was signed, and not long after.
    when (t.parts ->> 'time')::timestamptz not between d.decided_at - interval '1 hour 1 second' and d.decided_at then 'it was not signed when it was given'
    when p.merged_at is null and t.parts ->> 'database' <> dot.fn_command_database()::text then 'it was signed for another database' end
    from dot.review_decision d
    left join dot.review_signature s on s.review_decision_id = d.review_decision_id
    left join dot.dot_actor_key k on k.fingerprint = s.fingerprint
    left join dot.proposal p on p.proposal_id = d.proposal_id
    left join dot.proposal_revision r on r.proposal_id = d.proposal_id and r.revision = d.revision
   cross join lateral (select dot.fn_review_parts(s.statement) as parts) t
   where d.review_decision_id = p_decision
$$;
comment on function dot.fn_review_unsigned(uuid) is
  'Why a decision does not count as signed: null where its text is of exactly this decision, its key was registered for its reviewer then and not revoked. Whether the signature is one by that key was verified as the decision was given (fn_review_sign); of one that was put in otherwise, dot audit verify tells.';

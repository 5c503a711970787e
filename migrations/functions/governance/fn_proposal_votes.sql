create or replace function dot.fn_proposal_votes(p_proposal uuid, p_policy text, p_version int, p_base_now text)
returns table (decision_no bigint, decision uuid, reviewer text, principal text, verdict text, roles text[], stands boolean, because text, expires_at timestamptz)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with p as materialized (
    select p.*, dot.fn_proposal_digest(p.proposed_action_jsonb) as payload_now from dot.proposal p where p.proposal_id = p_proposal
  ),
  policy as materialized (
    select a.*, array(select distinct f ->> 'role' from jsonb_array_elements(a.factors) f) as wanted
      from dot.approval_policy a where a.policy_code = p_policy and a.version = p_version
  ),
  own as materialized (select dot.fn_proposal_own(p_proposal) as people),
  d as (
    select d.*, dot.fn_principal_of(d.reviewer_id, d.reviewer_principal) as person
      from dot.review_decision d where d.proposal_id = p_proposal
  ),
  w as (
    select d.*,
           -- Since the first of them: whoever was a delegate then is one with the delegator, and with their own delegate of later.
           dot.fn_principal_counted(d.person, min(d.decided_at) over ()) as counted,
           dot.fn_review_roles(policy.wanted, d.reviewer_login, d.reviewer_id, d.person, d.reviewer_verified, d.decided_at) as held,
           -- Of each person the latest decision is the one they stand by.
           d.decision_no = max(d.decision_no) over (partition by d.person) as latest
      from d, policy
  )
  select w.decision_no, w.review_decision_id, w.reviewer_id, w.counted, w.verdict, w.held,
         case when p.merged_at is null then x.because is null else u.run_id is not distinct from p.applied_run_id end,
         -- Once it is applied, what counts is what counted then.
         case when p.merged_at is null then x.because when u.run_id is distinct from p.applied_run_id then 'was not counted when it was applied' end,
         w.decided_at + policy.approval_ttl
    from w cross join p cross join policy
    left join dot.review_decision_use u on u.review_decision_id = w.review_decision_id
    left join dot.review_signature n on n.review_decision_id = w.review_decision_id
    cross join lateral (
      select case
        when exists (select 1 from dot.review_decision v where v.revokes = w.review_decision_id) then 'revoked'
        when w.verdict = 'revoked' then 'takes an earlier decision back'
        when not w.latest then 'replaced by a later decision of the same person'
        when w.revision <> p.revision then format('given for revision %s', w.revision)
        when w.decided_at < p.submitted_at then 'given before it was submitted'
        when w.payload_digest <> p.payload_now then 'the payload has changed since'
        when w.reviewer_kind <> 'human' and not policy.allow_agent then 'given by no person'
        when not w.reviewer_verified and not dot.fn_identity_private() then 'given by a login that was no actor'
        when w.held = '{}' then 'holds none of the roles that are asked for'
        -- What speaks against it stands on any base, at any age, and whoever says it.
        when w.verdict <> 'approved' then null
        when w.base_digest <> p_base_now then 'what it was given for has changed since'
        when w.decided_at + policy.approval_ttl <= dot.fn_clock_now() then 'expired'
        when not policy.allow_self and (select o.people from own o)
          && dot.fn_principals_since(w.reviewer_id, w.reviewer_principal, w.reviewer_login, w.reviewer_verified, p.proposed_at) then 'given by its proposer or an editor of it'
        when policy.signed or n.review_decision_id is not null then case
          when n.review_decision_id is null then 'its policy asks for a signature'
          else 'as a signed decision: ' || dot.fn_review_unsigned(w.review_decision_id) end
      end as because) x
   order by w.decision_no
$$;
comment on function dot.fn_proposal_votes(uuid, text, int, text) is
  'Every decision on a proposal under one policy version, as it stands on a base of this digest: whom it counts for (principal), the roles they hold, whether it stands, and because of what it does not.';

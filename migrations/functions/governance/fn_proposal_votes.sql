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
    select d.*, dot.fn_principal_of(d.reviewer_id, d.reviewer_principal) as person, d.verdict = 'approved' as approves, n.review_decision_id is not null as signed
      from dot.review_decision d left join dot.review_signature n using (review_decision_id)
     where d.proposal_id = p_proposal
  ),
  w as materialized (
    select d.*,
           -- Since the first of them: whoever was a delegate then is one with the delegator, and with their own delegate of later.
           -- Who has decided by a right of their own, which nobody gave them since, is themselves whoever made them a delegate.
           case when d.reviewer_verified and exists (
               select 1 from dot.dot_actor a, unnest(policy.wanted) r(role)
                where a.actor_id = d.reviewer_id and a.changed_at <= d.decided_at and r.role = any (a.roles) and dot.fn_role_held(a.login_name, r.role))
             then d.person else dot.fn_principal_counted(d.person, min(d.decided_at) over ()) end as counted,
           dot.fn_review_roles(policy.wanted, d.reviewer_login, d.reviewer_id, d.person, d.reviewer_verified, d.decided_at) as held,
           -- What it never was.
           case
             when d.verdict = 'revoked' then 'takes an earlier decision back'
             when d.reviewer_kind <> 'human' and not policy.allow_agent then 'given by no person'
             when not d.reviewer_verified and not dot.fn_identity_private() then 'given by a login that was no actor'
             when not d.approves then null
             when not policy.allow_self and (select o.people from own o)
               && dot.fn_principals_since(d.reviewer_id, d.reviewer_principal, d.reviewer_login, d.reviewer_verified, p.proposed_at) then 'given by its proposer or an editor of it'
             when policy.signed and not d.signed then 'its policy asks for a signature'
             when d.signed then 'as a signed decision: ' || dot.fn_review_unsigned(d.review_decision_id)
           end as never
      from d, policy, p
  ),
  x as (
    select w.*, coalesce(
      case when exists (select 1 from dot.review_decision v where v.revokes = w.review_decision_id) then 'revoked' end,
      w.never,
      -- By what counts alone: an approval that never did takes no rejection away, and one without a signature none that has one.
      case when exists (
        select 1 from w v
         where v.reviewer_id = w.reviewer_id and v.reviewer_verified = w.reviewer_verified and v.decision_no > w.decision_no and v.never is null
           and (w.approves
             -- Another rejection that was taken back leaves the one before as it was.
             or v.signed >= w.signed and (v.approves or not exists (select 1 from dot.review_decision t where t.revokes = v.review_decision_id))))
        then 'replaced by a later decision of the same reviewer' end,
      case
        when w.approves and w.revision <> p.revision then format('given for revision %s', w.revision)
        when w.approves and w.decided_at < p.submitted_at then 'given before it was submitted'
        -- What speaks against it stands in any revision and on any base, at any age, whatever became of who said it: that it is
        -- answered is for them to say.
        when not w.approves then case when policy.wanted = '{}' then 'its policy asks nobody' end
        when w.payload_digest <> p.payload_now then 'the payload has changed since'
        when w.held = '{}' then 'holds none of the roles that are asked for'
        when w.base_digest <> p_base_now then 'what it was given for has changed since'
        when w.decided_at + policy.approval_ttl <= dot.fn_clock_now() then 'expired'
      end) as because
      from w, p, policy
  ),
  y as (
    select x.*, coalesce(x.because,
      case when x.approves and exists (select 1 from x v where v.person = x.person and not v.approves and v.because is null)
        then 'another decision of the same person speaks against it' end) as at_last
      from x
  )
  select y.decision_no, y.review_decision_id, y.reviewer_id, case when y.approves then y.counted else y.person end, y.verdict, y.held,
         case when p.merged_at is null then y.at_last is null else u.run_id is not distinct from p.applied_run_id end,
         -- Once it is applied, what counts is what counted then.
         case when p.merged_at is null then y.at_last when u.run_id is distinct from p.applied_run_id then 'was not counted when it was applied' end,
         y.decided_at + policy.approval_ttl
    from y cross join p cross join policy
    left join dot.review_decision_use u on u.review_decision_id = y.review_decision_id
   order by y.decision_no
$$;
comment on function dot.fn_proposal_votes(uuid, text, int, text) is
  'Every decision on a proposal under one policy version, as it stands on a base of this digest: whom it counts for (principal), the roles they hold, whether it stands, and because of what it does not. A rejection stands in every revision until its reviewer takes it back or approves, and if it is signed, signs that too; it outlives the role, the delegation and the actor under which it was given, and counts for the person who gave it, whoever made them a delegate. No approval of a person stands beside a rejection of theirs.';

create or replace function dot.fn_proposal_decide(p_proposal uuid, p_verdict text, p_rationale text, p_evidence jsonb, p_statement text default null, p_signature text default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_proposal dot.proposal;
  v_policy   dot.approval_policy;
  v_actor    record;
  v_person   text;
  v_judged   jsonb;
  v_roles    text[];
  v_signed   jsonb;
  v_decision uuid;
  v_facts    jsonb := jsonb_build_object('proposal', p_proposal);
begin
  if p_verdict is null or p_verdict not in ('approved', 'rejected', 'needs_revision') then
    raise exception using errcode = 'DT400', message = coalesce(format('%L is no verdict', p_verdict), 'a verdict is missing'), hint = '--verdict approved, rejected or needs_revision';
  end if;
  if coalesce(trim(p_rationale), '') = '' then
    raise exception using errcode = 'DT400', message = 'a decision needs a rationale', hint = 'Say why: --rationale TEXT';
  end if;
  if jsonb_typeof(p_evidence) is distinct from 'array' then
    raise exception using errcode = 'DT400', message = 'evidence must be a JSON array', hint = 'For example: --evidence ''["minutes of 3 May"]''';
  end if;
  v_judged := dot.fn_actor_decides(v_facts);
  if v_judged is not null then
    return v_judged;
  end if;
  -- First without a lock: who may not decide on it holds nobody up. Then again, when it can no longer change.
  for v_locked in 0 .. 1 loop
    if v_locked = 1 then
      v_proposal := dot.fn_proposal_lock(p_proposal);
    else
      select * into v_proposal from dot.proposal p where p.proposal_id = p_proposal;
    end if;
    v_judged := dot.fn_proposal_judge(p_proposal);
    -- What has expired can still be rejected, which ends it; nothing else can be said of it.
    if (v_judged ->> 'state' = 'expired' and (p_verdict <> 'rejected' or v_proposal.proposal_state = 'draft'))
      or v_judged ->> 'state' not in ('submitted', 'review', 'approved', 'rejected', 'expired') or v_judged -> 'drift' @> '[{"what": "payload"}]' then
      return v_judged -> 'refusal';
    end if;
    if p_verdict = 'approved' and v_judged -> 'drift' <> '[]' then
      return v_judged -> 'refusal';
    end if;
    v_policy := dot.fn_policy_resolve(v_proposal.proposal_kind, v_proposal.risk);
    v_actor := dot.fn_actor_current();
    v_person := dot.fn_principal_of(v_actor.actor_id, v_actor.principal);
    if v_actor.actor_kind <> 'human' and not v_policy.allow_agent then
      return dot.fn_command_refusal('DT403', 'not_a_person', format('only people decide, and %s is of kind %s', v_actor.actor_id, v_actor.actor_kind),
        'Hand the proposal to a person.', v_facts);
    end if;
    select dot.fn_review_roles(array_agg(distinct f ->> 'role'), session_user, v_actor.actor_id, v_person, v_actor.verified, dot.fn_clock_now()) into v_roles
      from jsonb_array_elements(v_judged -> 'policies') q, jsonb_array_elements(q -> 'factors') f;
    if coalesce(v_roles, '{}') = '{}' and v_judged @? '$.policies[*].factors[*]' then
      return dot.fn_command_refusal('DT403', 'role_missing', format('%s holds none of the roles that decide on it', v_actor.actor_id),
        format('They are: %s. Someone who holds one may delegate: dot delegation grant', (
          select string_agg(distinct f ->> 'role', ', ') from jsonb_array_elements(v_judged -> 'policies') q, jsonb_array_elements(q -> 'factors') f)), v_facts);
    end if;
    if p_verdict = 'approved' and not v_policy.allow_self
      and dot.fn_proposal_own(p_proposal) && dot.fn_principals_since(v_actor.actor_id, v_actor.principal, session_user, v_actor.verified, v_proposal.proposed_at)
    then
      return dot.fn_command_refusal('DT403', 'review_self', 'who proposed or edited it, or acts for those, cannot approve it', 'Someone else must decide.', v_facts);
    end if;
    v_signed := dot.fn_review_sign(p_proposal, p_verdict, p_rationale, p_evidence, p_statement, p_signature);
    if v_signed ->> 'refused' = 'true' then
      return v_signed;
    end if;
  end loop;
  v_decision := dot.fn_review_record(p_proposal, p_verdict, p_rationale, p_evidence, v_actor.actor_id, v_actor.actor_kind, v_actor.principal, v_actor.verified);
  insert into dot.review_signature (review_decision_id, fingerprint, statement, signature)
  select v_decision, v_signed ->> 'fingerprint', p_statement, p_signature where v_signed is not null;
  if p_verdict = 'approved' and v_signed is null and v_judged @? '$.policies[*] ? (@.signed == true)' then
    perform dot.fn_command_warn(format('this approval does not count: its policy asks for a signature: dot proposal approve %s --sign', p_proposal));
  end if;
  return v_facts || jsonb_build_object('title', v_proposal.title, 'decision', v_decision, 'verdict', p_verdict, 'revision', v_proposal.revision, 'kind', v_proposal.proposal_kind,
    'state', dot.fn_proposal_label(p_proposal), 'missing', dot.fn_proposal_judge(p_proposal) -> 'missing',
    'reviewer', v_actor.actor_id, 'reviewer_verified', v_actor.verified, 'key', v_signed -> 'fingerprint',
    'next', dot.fn_proposal_next(p_proposal, dot.fn_proposal_judge(p_proposal)));
end
$$;
comment on function dot.fn_proposal_decide(uuid, text, text, jsonb, text, text) is
  'Records the caller''s decision on the present revision of a proposal, bound to its payload and base; a later decision of the same person replaces it. Returns {proposal, title, decision, verdict, revision, state, missing, reviewer, reviewer_verified, key: with which it was signed, next: as fn_proposal_next}; p_statement and p_signature as fn_review_sign judges them, and a warning where the policy asks for a signature and there is none. Refusals: those of fn_review_sign, those of fn_proposal_judge for what is not open (of what has expired, rejected can still be said) or has drifted, DT403 for who does not decide at all (fn_actor_decides), for an agent or other machine, for someone without a role that decides, and for an approval by who proposed or edited it. DT400 for an unknown verdict or an empty rationale.';

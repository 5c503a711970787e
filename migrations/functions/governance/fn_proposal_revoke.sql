create or replace function dot.fn_proposal_revoke(p_proposal uuid, p_rationale text default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('proposal revoke', jsonb_build_object('proposal', p_proposal, 'rationale', p_rationale));
  v_proposal dot.proposal;
  v_actor    record;
  v_last     dot.review_decision;
  v_decision uuid;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if coalesce(trim(p_rationale), '') = '' then
    raise exception using errcode = 'DT400', message = 'a revocation needs a rationale', hint = 'Say why: --rationale TEXT';
  end if;
  -- What was decided is taken back by who decided, and by nobody who stands for them.
  v_refused := dot.fn_actor_decides(jsonb_build_object('proposal', p_proposal));
  if v_refused is not null then
    return dot.fn_command_answer('proposal revoke', v_refused);
  end if;
  v_actor := dot.fn_actor_current();
  -- First without a lock: who has nothing to take back holds nobody up. Then again, when it can no longer change.
  for v_locked in 0 .. 1 loop
    if v_locked = 1 then
      v_proposal := dot.fn_proposal_lock(p_proposal);
    else
      select * into v_proposal from dot.proposal p where p.proposal_id = p_proposal;
    end if;
    if v_proposal.proposal_id is null or v_proposal.proposal_state in ('merged', 'withdrawn') then
      return dot.fn_command_answer('proposal revoke', dot.fn_proposal_judge(p_proposal) -> 'refusal');
    end if;
    select * into v_last from dot.review_decision d
     where d.proposal_id = p_proposal and d.reviewer_id = v_actor.actor_id and d.verdict <> 'revoked'
       and not exists (select 1 from dot.review_decision v where v.revokes = d.review_decision_id)
     order by d.decision_no desc limit 1;
    if v_last.review_decision_id is null then
      return dot.fn_command_answer('proposal revoke', dot.fn_command_refusal('DT409', 'nothing_to_revoke', format('%s has no decision here that is in force', v_actor.actor_id),
        'dot proposal show ' || p_proposal, jsonb_build_object('proposal', p_proposal)));
    end if;
    -- Else who has the login without the key takes away what the key has said.
    if v_last.verdict <> 'approved' and exists (select 1 from dot.review_signature n where n.review_decision_id = v_last.review_decision_id) then
      return dot.fn_command_answer('proposal revoke', dot.fn_command_refusal('DT403', 'signed_decision', format('what %s signed against it stands until they sign something else', v_actor.actor_id),
        format('dot proposal approve %s --sign', p_proposal), jsonb_build_object('proposal', p_proposal, 'decision', v_last.review_decision_id)));
    end if;
  end loop;
  v_decision := dot.fn_review_record(p_proposal, 'revoked', p_rationale, '[]', v_actor.actor_id, v_actor.actor_kind, v_actor.principal, v_actor.verified,
    v_last.review_decision_id);
  return jsonb_build_object('proposal', p_proposal, 'decision', v_decision, 'revokes', v_last.review_decision_id, 'verdict', v_last.verdict,
    'state', dot.fn_proposal_label(p_proposal), 'missing', dot.fn_proposal_judge(p_proposal) -> 'missing');
end
$$;
comment on function dot.fn_proposal_revoke(uuid, text) is
  'Takes back, by a new row, the latest of the caller''s decisions on a proposal that is not taken back yet. Returns {proposal, decision, revokes, verdict, state, missing}. Refusals: DT403 for who does not decide at all (fn_actor_decides), and for a signed rejection, which only a signed decision replaces; DT409 where there is nothing to take back or the proposal is merged or withdrawn. DT404 when there is none, DT400 for an empty rationale.';

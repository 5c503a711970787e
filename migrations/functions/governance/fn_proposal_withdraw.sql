create or replace function dot.fn_proposal_withdraw(p_proposal uuid, p_note text default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('proposal withdraw', jsonb_build_object('proposal', p_proposal, 'note', p_note));
  v_proposal dot.proposal;
  v_actor    record;
  v_own      boolean;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_actor := dot.fn_actor_current();
  -- Who may not withdraw it locks nothing.
  v_own := dot.fn_proposal_withdrawable(p_proposal);
  if v_own then
    v_proposal := dot.fn_proposal_lock(p_proposal);
  else
    select * into v_proposal from dot.proposal p where p.proposal_id = p_proposal;
  end if;
  if v_proposal.proposal_id is null or v_proposal.proposal_state in ('merged', 'withdrawn') then
    return dot.fn_command_answer('proposal withdraw', dot.fn_proposal_judge(p_proposal) -> 'refusal');
  end if;
  if not v_own then
    return dot.fn_command_answer('proposal withdraw', dot.fn_command_refusal('DT403', 'not_the_proposer', format('only %s can withdraw it', v_proposal.proposer_id),
      format('A reviewer can reject it: dot proposal reject %s --rationale WHY', p_proposal), jsonb_build_object('proposal', p_proposal)));
  end if;
  update dot.proposal set proposal_state = 'withdrawn', outcome_jsonb = jsonb_strip_nulls(jsonb_build_object('withdrawn_by', v_actor.actor_id, 'note', p_note))
   where proposal_id = p_proposal;
  return dot.fn_proposal_summary(p_proposal);
end
$$;
comment on function dot.fn_proposal_withdraw(uuid, text) is
  'Takes a proposal out of review for good; it stays visible. Only its proposer (or the person behind it) may, or an administrator where the proposer is disabled (fn_proposal_withdrawable), also when it has expired. Returns its summary. Refusals: DT403 for anyone else, DT409 when it is merged or withdrawn. DT404 when there is none.';

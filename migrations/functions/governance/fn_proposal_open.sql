create or replace function dot.fn_proposal_open(p_proposal uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_proposal dot.proposal;
  v_policy   dot.approval_policy;
begin
  -- Who may not submit it locks nothing.
  select * into v_proposal from dot.proposal p where p.proposal_id = p_proposal;
  if found and not dot.fn_proposal_mine(p_proposal) then
    return dot.fn_command_refusal('DT403', 'not_the_proposer', format('only %s can submit it', v_proposal.proposer_id),
      'dot proposal show ' || p_proposal, jsonb_build_object('proposal', p_proposal));
  end if;
  v_proposal := dot.fn_proposal_lock(p_proposal);
  if v_proposal.proposal_state <> 'draft' then
    return dot.fn_command_refusal('DT409', 'not_a_draft', format('this proposal is %s', v_proposal.proposal_state), 'dot proposal show ' || p_proposal,
      jsonb_build_object('proposal', p_proposal, 'state', v_proposal.proposal_state));
  end if;
  v_policy := dot.fn_policy_resolve(v_proposal.proposal_kind, v_proposal.risk);
  update dot.proposal
     set proposal_state = 'submitted', submitted_at = dot.fn_clock_now(), policy_code = v_policy.policy_code, policy_version = v_policy.version,
         expires_at = dot.fn_clock_now() + make_interval(days => dot.fn_config_int('governance.proposal.ttl_days')::int)
   where proposal_id = p_proposal;
  return dot.fn_proposal_summary(p_proposal);
end
$$;
comment on function dot.fn_proposal_open(uuid) is
  'Submits a draft: its time and its pinned policy begin now. Returns its summary. Refusals: DT403 for who has not made it (fn_proposal_mine), DT409 when it is no draft. DT404 when there is none.';

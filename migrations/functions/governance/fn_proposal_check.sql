create or replace function dot.fn_proposal_check(p_proposal uuid) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_proposal dot.proposal;
  v_problems text[];
  v_check    regprocedure;
  v_verified jsonb;
begin
  select * into v_proposal from dot.proposal where proposal_id = p_proposal;
  if not found then
    return jsonb_build_object('ok', exists (select 1 from dot.workflow_change_requests w where w.change_request_id = p_proposal), 'proposal', p_proposal);
  end if;
  v_problems := array_remove(array[
    case when v_proposal.payload_digest <> dot.fn_proposal_digest(v_proposal.proposed_action_jsonb)
      or v_proposal.base_digest <> dot.fn_proposal_digest(v_proposal.base_jsonb) then 'the proposal is not what its digests say' end,
    case when exists (
      select 1 from dot.proposal_revision r where r.proposal_id = p_proposal
         and (r.payload_digest <> dot.fn_proposal_digest(r.payload) or r.base_digest <> dot.fn_proposal_digest(r.base)))
      then 'a revision is not what its digests say' end,
    case when (select count(*) from dot.proposal_revision r where r.proposal_id = p_proposal) <> v_proposal.revision then 'a revision is missing' end,
    case when v_proposal.proposal_state = 'merged' and not exists (
      select 1 from dot.dot_command_run r where r.run_id = v_proposal.applied_run_id and r.state = 'succeeded')
      then 'no run that succeeded has applied it' end,
    case when v_proposal.proposal_state = 'merged' and exists (
      select 1 from dot.dot_command_run r where r.run_id = v_proposal.applied_run_id and dot.fn_command_run_proposal(r.run_id) <> p_proposal)
      then 'the run that applied it carried another' end], null);
  if v_proposal.proposal_state = 'merged' then
    select to_regprocedure(format('dot.%I(uuid)', k.check_function)) into v_check
      from dot.proposal_kind k where k.kind_code = v_proposal.proposal_kind and k.check_function is not null;
    if v_check is not null then
      execute format('select %s($1)', v_check::regproc) into v_verified using p_proposal;
      if v_verified ->> 'ok' = 'false' then
        v_problems := v_problems || coalesce(v_verified ->> 'problem', 'what it did is not what stands');
      end if;
    end if;
  end if;
  return jsonb_build_object('ok', v_problems = '{}', 'verified', v_verified, 'proposal', p_proposal, 'state', v_proposal.proposal_state, 'problems', v_problems);
end
$$;
comment on function dot.fn_proposal_check(uuid) is
  'Whether a proposal is what its digests say, with all its revisions, and applied by a run that succeeded, and what its kind checks of what was applied: {ok, proposal, state, problems, verified}.';

create or replace function dot.fn_proposal_run_begins(p_proposal uuid, p_run jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_proposal dot.proposal;
begin
  -- That command judges the proposal itself; and a rehearsal binds nobody.
  if p_run ->> 'command' = any (dot.fn_command_with('apply_proposal')) then
    return jsonb_build_object();
  end if;
  select * into v_proposal from dot.proposal where proposal_id = p_proposal;
  return jsonb_strip_nulls(jsonb_build_object(
    'refusal', case
      when p_run ->> 'mode' = 'dry_run' then null
      when v_proposal.proposal_id is null then dot.fn_command_refusal('DT404', 'no_proposal', format('there is no proposal %s', p_proposal), 'dot proposal list')
      when v_proposal.proposal_kind <> 'command_run' or v_proposal.proposed_action_jsonb ->> 'command' is distinct from p_run ->> 'command'
        then dot.fn_command_refusal('DT428', 'proposal_mismatch', format('proposal %s is not for %s', p_proposal, p_run ->> 'command'), 'dot proposal show ' || p_proposal)
      when p_run ->> 'mode' is distinct from 'plan_apply'
        then dot.fn_command_refusal('DT428', 'plan_missing', 'a proposed command is applied as its plan only', 'dot proposal apply ' || p_proposal) end))
    -- What was approved is what is measured against, whatever the caller sent.
    || case when p_run ->> 'mode' = 'dry_run' then '{}' else jsonb_build_object('plan', v_proposal.proposed_action_jsonb -> 'plan', 'undo_of', v_proposal.proposed_action_jsonb -> 'undo_of') end;
end
$$;
comment on function dot.fn_proposal_run_begins(uuid, jsonb) is
  'Answers the hook carried_begins for a run {command, mode}: {refusal} unless the proposal is one of kind command_run for this command and applied as its plan; and {plan, undo_of}, as approved. Whether it may be applied is judged later, where the judgement binds (fn_proposal_run_enters).';

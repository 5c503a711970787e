create or replace function dot.fn_proposal_merge(p_proposal uuid, p_run uuid, p_outcome jsonb, p_decisions uuid[], p_excused text) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  update dot.proposal
     set proposal_state = 'merged', merged_at = dot.fn_clock_now(), outcome_jsonb = coalesce(p_outcome, '{}') - 'without_quorum' || jsonb_strip_nulls(jsonb_build_object('without_quorum', p_excused)), applied_run_id = p_run
   where proposal_id = p_proposal and proposal_state <> 'merged';
  if not found then
    raise exception using errcode = 'DT409', message = format('proposal %s has been applied already', p_proposal), hint = 'dot proposal show ' || p_proposal;
  end if;
  if p_excused is not null then
    perform dot.fn_command_warn('applied without its quorum: ' || p_excused);
  end if;
  -- The decisions it was applied on.
  insert into dot.review_decision_use (review_decision_id, result, run_id, used_at)
  select d.id, jsonb_build_object('proposal', p_proposal), p_run, dot.fn_clock_now() from unnest(p_decisions) d(id);
end
$$;
comment on function dot.fn_proposal_merge(uuid, uuid, jsonb, uuid[], text) is
  'Marks a claimed proposal as applied, with its outcome and run, and keeps which decisions it was applied on, as they were judged before its effect. p_excused: what was missing and why it was applied all the same; kept in its outcome as without_quorum, and a warning. DT409 when it has been applied already.';

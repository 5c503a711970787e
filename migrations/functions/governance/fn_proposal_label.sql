create or replace function dot.fn_proposal_label(p_proposal uuid) returns text
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_judged jsonb := dot.fn_proposal_judge(p_proposal);
  v_state  text;
begin
  select case
           -- One rejection suffices for what nobody can apply any more.
           when (v_judged ->> 'denied' = 'true' or v_judged ->> 'state' = 'expired') and exists (
             select 1 from dot.review_decision d where d.proposal_id = p_proposal and d.revision = p.revision and d.verdict = 'rejected'
                and not exists (select 1 from dot.review_decision v where v.revokes = d.review_decision_id)) then 'rejected'
           when v_judged ->> 'denied' = 'false' and v_judged ->> 'met' = 'true' and v_judged -> 'drift' = '[]'
             and exists (select 1 from dot.review_decision d where d.proposal_id = p_proposal and d.revision = p.revision and d.verdict = 'approved') then 'approved'
           when exists (select 1 from dot.review_decision d where d.proposal_id = p_proposal and d.revision = p.revision) then 'review'
           else 'submitted' end
    into v_state from dot.proposal p where p.proposal_id = p_proposal;
  update dot.proposal set proposal_state = v_state
   where proposal_id = p_proposal and proposal_state in ('submitted', 'review', 'approved', 'rejected') and proposal_state <> v_state;
  return v_state;
end
$$;
comment on function dot.fn_proposal_label(uuid) is
  'Gives a proposal the state that its decisions make of it now, for lists only: whether it may be applied is computed when it is.';

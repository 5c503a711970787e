create or replace function dot.fn_proposal_claim(p_proposal uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_proposal dot.proposal := dot.fn_proposal_lock(p_proposal);
  v_lock     regprocedure;
begin
  select dot.fn_proposal_function(k.lock_function) into v_lock from dot.proposal_kind k where k.kind_code = v_proposal.proposal_kind;
  if v_lock is not null and v_proposal.proposal_state <> 'merged' then
    execute format('select %s($1)', v_lock::regproc) using v_proposal.proposed_action_jsonb;
  end if;
  return dot.fn_proposal_judge(p_proposal);
end
$$;
comment on function dot.fn_proposal_claim(uuid) is
  'Locks a proposal and what it would change, and judges it on exactly that. Returns the judgement of fn_proposal_judge, which holds until the end of the transaction.';

create or replace function dot.fn_proposal_request_changes(p_proposal uuid, p_rationale text default null, p_evidence jsonb default '[]') returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('proposal request-changes', jsonb_build_object('proposal', p_proposal, 'rationale', p_rationale, 'evidence', p_evidence));
begin
  return coalesce(v_refused, dot.fn_command_answer('proposal request-changes', dot.fn_proposal_decide(p_proposal, 'needs_revision', p_rationale, p_evidence)));
end
$$;
comment on function dot.fn_proposal_request_changes(uuid, text, jsonb) is
  'Asks for another revision of a proposal. Result, refusals and errors as fn_proposal_decide.';

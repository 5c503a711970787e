create or replace function dot.fn_proposal_approve(p_proposal uuid, p_rationale text default null, p_evidence jsonb default '[]', p_statement text default null, p_signature text default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('proposal approve', jsonb_build_object('proposal', p_proposal, 'rationale', p_rationale, 'evidence', p_evidence, 'statement', p_statement, 'signature', p_signature));
begin
  return coalesce(v_refused, dot.fn_command_answer('proposal approve', dot.fn_proposal_decide(p_proposal, 'approved', p_rationale, p_evidence, p_statement, p_signature)));
end
$$;
comment on function dot.fn_proposal_approve(uuid, text, jsonb, text, text) is
  'Approves the present revision of a proposal. Result, refusals and errors as fn_proposal_decide.';

create or replace function dot.fn_proposal_payload(p_proposal uuid) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_shown jsonb;
begin
  select jsonb_build_object('proposal', p.proposal_id, 'kind', p.proposal_kind, 'state', dot.fn_proposal_state(p.proposal_state, p.expires_at),
           'risk', p.risk, 'revision', p.revision, 'payload', dot.fn_proposal_visible(p.proposed_action_jsonb))
    into v_shown from dot.proposal p where p.proposal_id = p_proposal;
  if v_shown is null then
    select jsonb_build_object('proposal', w.change_request_id, 'kind', w.change_kind, 'state', w.request_state, 'payload', w.proposed_action_jsonb)
      into v_shown from dot.workflow_change_requests w where w.change_request_id = p_proposal;
  end if;
  if v_shown is null then
    raise exception using errcode = 'DT404', message = format('there is no proposal %s', p_proposal), hint = 'See: dot proposal list';
  end if;
  return v_shown;
end
$$;
comment on function dot.fn_proposal_payload(uuid) is
  'What a proposal asks for, and nothing of how it stands: {proposal, kind, state, risk, revision, payload}. DT404 when there is none.';

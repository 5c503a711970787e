create or replace function dot.fn_dlq_approve(p_request uuid, p_rationale text default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('dlq approve', jsonb_build_object('request', p_request, 'rationale', p_rationale));
  v_request  dot.dlq_replay;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  select * into v_request from dot.dlq_replay where request_id = p_request;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no replay request %s', p_request), hint = 'dot dlq requests';
  end if;
  if not v_request.needs_approval then
    return dot.fn_command_answer('dlq approve', dot.fn_command_refusal('DT409', 'no_approval_needed', 'this request needs no approval', format('dot dlq replay %s', p_request)));
  end if;
  return dot.fn_command_answer('dlq approve', dot.fn_proposal_approve(v_request.proposal_id, p_rationale) || jsonb_build_object('request', p_request));
end
$$;
comment on function dot.fn_dlq_approve(uuid, text) is
  'Approves the proposal behind a replay request, as fn_proposal_approve does: for exactly these dead letters as they are now, never by who requested it. A refusal (DT409) when it needs no approval; DT404 when there is none.';

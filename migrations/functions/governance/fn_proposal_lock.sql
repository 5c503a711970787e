create or replace function dot.fn_proposal_lock(p_proposal uuid) returns dot.proposal
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_proposal dot.proposal;
begin
  select * into v_proposal from dot.proposal where proposal_id = p_proposal for update;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no proposal %s', p_proposal),
      hint = case when exists (select 1 from dot.workflow_change_requests w where w.change_request_id = p_proposal)
        then 'It is a workflow change request; those cannot be carried out yet.' else 'See: dot proposal list' end;
  end if;
  return v_proposal;
end
$$;
comment on function dot.fn_proposal_lock(uuid) is
  'Locks a proposal until the end of the transaction, so that of two who decide on it or apply it one goes after the other. Returns it. DT404 when there is none.';

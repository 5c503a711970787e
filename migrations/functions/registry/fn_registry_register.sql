create or replace function dot.fn_registry_register(p_proposal uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('registry register', jsonb_build_object('proposal', p_proposal));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if not exists (select 1 from dot.proposal where proposal_id = p_proposal and proposal_kind = 'registry_entry') then
    raise exception using errcode = 'DT404', message = format('there is no proposal %s for an entry of a registry', p_proposal), hint = 'dot proposal list';
  end if;
  return dot.fn_command_answer('registry register', dot.fn_proposal_apply(p_proposal));
end
$$;
comment on function dot.fn_registry_register(uuid) is
  'Registers the entry of an approved proposal: fn_proposal_apply, whose answer and refusals it returns. DT404 when the proposal is for no entry of a registry.';

create or replace function dot.fn_registry_propose(p_registry text, p_key text, p_entry jsonb, p_owner text, p_purpose text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('registry propose',
    jsonb_build_object('registry', p_registry, 'key', p_key, 'entry', p_entry, 'owner', p_owner, 'purpose', p_purpose));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  return dot.fn_command_answer('registry propose', dot.fn_proposal_submit('registry_entry',
    jsonb_build_object('registry', p_registry, 'key', p_key, 'entry', p_entry, 'owner', p_owner, 'purpose', p_purpose)));
end
$$;
comment on function dot.fn_registry_propose(text, text, jsonb, text, text) is
  'Proposes an entry of an open registry, new or changed: fn_proposal_submit of kind registry_entry, whose answer, refusals and errors it returns.';

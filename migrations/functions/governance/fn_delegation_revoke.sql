create or replace function dot.fn_delegation_revoke(p_delegation uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused    jsonb := dot.fn_command_guard('delegation revoke', jsonb_build_object('delegation', p_delegation));
  v_delegation dot.delegation;
  v_actor      record;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  -- With a delegation end the decisions that were made under it.
  v_refused := dot.fn_actor_decides(jsonb_build_object('delegation', p_delegation));
  if v_refused is not null then
    return dot.fn_command_answer('delegation revoke', v_refused);
  end if;
  select * into v_delegation from dot.delegation where delegation_id = p_delegation;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no delegation %s', p_delegation), hint = 'See: dot delegation list';
  end if;
  v_actor := dot.fn_actor_current();
  -- Whose it is does not change: who may not revoke it locks nothing.
  if (v_actor.actor_kind <> 'human' or dot.fn_principal_of(v_actor.actor_id, v_actor.principal) not in (v_delegation.delegator_principal, v_delegation.delegate_principal))
    and not dot.fn_role_held(session_user, 'dot_admin')
  then
    return dot.fn_command_answer('delegation revoke', dot.fn_command_refusal('DT403', 'not_a_party', 'only its parties and administrators can revoke a delegation', null, jsonb_build_object('delegation', p_delegation)));
  end if;
  update dot.delegation set revoked_at = dot.fn_clock_now(), revoked_by = v_actor.actor_id where delegation_id = p_delegation and revoked_at is null;
  return jsonb_build_object('delegation', p_delegation, 'revoked', true, 'changed', found);
end
$$;
comment on function dot.fn_delegation_revoke(uuid) is
  'Ends a delegation now. Approvals given under it by someone who does not hold the role no longer count. Returns {delegation, revoked, changed}. Refusals (DT403) for who is no party to it, an agent of one, and who does not decide at all (fn_actor_decides); DT404 when there is none.';

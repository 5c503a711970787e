create or replace function dot.fn_delegation_grant(p_delegate text, p_until timestamptz, p_rationale text, p_from timestamptz default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused   jsonb := dot.fn_command_guard('delegation grant', jsonb_build_object('delegate', p_delegate, 'until', p_until, 'rationale', p_rationale, 'from', p_from));
  v_actor     record;
  v_now       timestamptz := dot.fn_clock_now();
  v_delegator text;
  v_delegate  text;
  v_other     dot.delegation;
  v_between   uuid;
  v_id        uuid := dot.fn_uuid_v7();
  v_days      int;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  -- Decisions are a login's own, and so is letting someone else make them.
  v_refused := dot.fn_actor_decides();
  if v_refused is not null then
    return dot.fn_command_answer('delegation grant', v_refused);
  end if;
  v_days := dot.fn_config_int('governance.delegation.max_days')::int;
  p_from := greatest(coalesce(p_from, v_now), v_now);
  if coalesce(trim(p_rationale), '') = '' or coalesce(trim(p_delegate), '') = '' or p_until is null or p_until <= p_from or p_until > p_from + make_interval(days => v_days) then
    raise exception using errcode = 'DT400', message = format('a delegation needs a delegate, a reason, and an end within %s days', v_days),
      hint = 'dot delegation grant WHO --until 2026-03-01T18:00:00Z --rationale TEXT';
  end if;
  v_actor := dot.fn_actor_current();
  v_delegator := dot.fn_principal_of(v_actor.actor_id, v_actor.principal);
  v_delegate := dot.fn_principal_of(p_delegate);
  if v_actor.actor_kind <> 'human' or exists (select 1 from dot.dot_actor a where lower(a.actor_id) = lower(p_delegate) and a.actor_kind <> 'human') then
    return dot.fn_command_answer('delegation grant', dot.fn_command_refusal('DT403', 'not_a_person', 'people delegate to people only', 'Name a person.', jsonb_build_object('delegate', p_delegate)));
  end if;
  -- By a name that nobody has, whoever is given it later would decide.
  if not dot.fn_identity_private() and not exists (select 1 from dot.dot_actor a where lower(a.actor_id) = lower(p_delegate) and a.status = 'active') then
    raise exception using errcode = 'DT404', message = format('there is no active person %s', p_delegate), hint = 'dot actor list';
  end if;
  if v_delegator = v_delegate then
    return dot.fn_command_answer('delegation grant', dot.fn_command_refusal('DT409', 'delegation_to_self', 'this is the same person', 'Name someone else.', jsonb_build_object('delegate', p_delegate)));
  end if;
  -- Looked at before any lock, and again under it.
  v_between := dot.fn_delegation_between(array[v_delegator, v_delegate], p_from, p_until);
  if v_between is null then
    -- Who has nothing to delegate would only be counted as one with whom they name.
    if not exists (select 1 from dot.approval_policy p cross join lateral jsonb_array_elements(p.factors) f where dot.fn_role_held(session_user, f ->> 'role')) then
      return dot.fn_command_answer('delegation grant', dot.fn_command_refusal('DT403', 'nothing_to_delegate', format('%s holds no role that decides on anything', v_actor.actor_id),
        'Who decides may delegate: dot policy list', jsonb_build_object('delegate', p_delegate)));
    end if;
    -- One at a time for each of the two, so that grants at once make no chain between them; and one in a transaction, so that who
    -- leaves it open holds up no more than those two. Nobody waits.
    if exists (select 1 from dot.dot_command_run r join dot.dot_command_run o using (command_code, actor, entered_xid)
                where o.run_id = dot.fn_run_current() and r.run_id <> o.run_id and r.actor = v_actor.actor_id and r.started_at >= transaction_timestamp()
                  and r.mode in ('run', 'plan_apply', 'sql'))
      or not (dot.fn_lock_try('delegation', least(v_delegator, v_delegate)) and dot.fn_lock_try('delegation', greatest(v_delegator, v_delegate)))
    then
      return dot.fn_command_answer('delegation grant', dot.fn_command_refusal('DT409', 'delegation_going_on', format('another delegation of %s or %s is being made', v_delegator, v_delegate), 'Try again when it is.'));
    end if;
    v_between := dot.fn_delegation_between(array[v_delegator, v_delegate], p_from, p_until);
  end if;
  if v_between is not null then
    select * into v_other from dot.delegation g where g.delegation_id = v_between;
    return dot.fn_command_answer('delegation grant', dot.fn_command_refusal('DT409', 'delegation_chain',
      format('%s decides for %s until %s, and nobody stands in two delegations at once', v_other.delegate_id, v_other.delegator_id, v_other.valid_until),
      format('Wait for its end, or revoke it: dot delegation revoke %s', v_other.delegation_id), jsonb_build_object('delegation', v_other.delegation_id)));
  end if;
  insert into dot.delegation (delegation_id, delegator_id, delegator_principal, delegator_verified, delegate_id, delegate_principal, reason, valid_from, valid_until, run_id)
  values (v_id, v_actor.actor_id, v_delegator, v_actor.verified, p_delegate, v_delegate, p_rationale, p_from, p_until, dot.fn_run_current());
  return jsonb_build_object('delegation', v_id, 'delegator', v_actor.actor_id, 'delegate', p_delegate, 'from', p_from, 'until', p_until,
    'inverse', jsonb_build_object('delegation', v_id));
end
$$;
comment on function dot.fn_delegation_grant(text, timestamptz, text, timestamptz) is
  'Lets someone else decide in the caller''s place for a while. Their decision counts as the caller''s. One hop: at any time a person stands in one delegation at most, so there are no chains and no circles. Returns {delegation, delegator, delegate, from, until}. Refusals: DT403 where either is no person, or the caller acts by a session or holds no role that decides on anything, DT409 for oneself, where it would make a chain, and while another one of either is being made. DT404 for a delegate that is no active actor, where people have logins of their own; DT400 without reason or end, or longer than governance.delegation.max_days.';

create or replace function dot.fn_command_admit(
  p_command text, p_mode text, p_spec_digest text default null, p_proposal uuid default null)
returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_command record;
  v_kind    text;
  v_hint    text;
begin
  -- In one statement, for it is planned anew in every session.
  select k.mutating, k.risk, k.gate, k.status, k.roles, k.spec_digest, k.spec ->> 'approval' as approval,
         case when k.source = 'binary' then coalesce(k.spec -> 'duties', '[]') else '[]' end as duties,
         exists (select 1 from dot.dot_actor a where a.login_name = session_user and a.status = 'disabled') as disabled,
         exists (select 1 from unnest(k.roles) r where dot.fn_role_held(session_user, r)) as held,
         k.gate is null or exists (
           select 1 from dot.dot_config c where c.config_key = k.gate and c.value_type = 'bool' and c.value = 'true') as open
    into v_command
    from dot.dot_command_catalog k
   where k.command_code = p_command and k.status <> 'retired';
  if not found then
    -- The commands that bring a database up to date must work where the catalogue is empty, which means not synced yet. Where it
    -- does not even know which they are, its owner is free.
    if (p_command = any (dot.fn_command_with('bootstrap')) or dot.fn_command_with('bootstrap') = '{}') and dot.fn_role_held(session_user, 'dot_owner') then
      return null;
    end if;
    return dot.fn_command_refusal('DT404', 'not_catalogued', format('command %s is not in this database''s catalogue', p_command),
      'Run: dot catalog sync');
  end if;
  if p_spec_digest is distinct from v_command.spec_digest and p_spec_digest is not null
    and not v_command.duties ? 'bootstrap' and not (dot.fn_command_with('bootstrap') = '{}' and dot.fn_role_held(session_user, 'dot_owner'))
  then
    return dot.fn_command_refusal('DT505', 'catalog_mismatch',
      format('this program and the database disagree on what %s is', p_command),
      'Update the older of the two: install the matching dot, or run dot migrate apply and dot catalog sync.',
      jsonb_build_object('program', p_spec_digest, 'database', v_command.spec_digest));
  end if;
  if v_command.disabled then
    return dot.fn_command_refusal('DT403', 'actor_disabled', format('the actor of login %s is disabled', session_user),
      'An administrator may enable it: dot actor enable');
  end if;
  if current_setting('dot.for_job', true) <> '' then
    v_kind := dot.fn_job_wanter_lost(v_command.roles);
    if v_kind is not null then
      return dot.fn_command_refusal('DT403', 'wanter_lost_rights', format('%s, who wanted this job, may not run %s any more', v_kind, p_command),
        'Someone who may enqueues it anew.', jsonb_build_object('actor', v_kind));
    end if;
  end if;
  if not v_command.held then
    return dot.fn_command_refusal('DT403', 'role_missing', format('login %s may not run %s', session_user, p_command),
      format('It needs one of the roles: %s. An administrator gives it: dot actor add NAME --kind human --login %s --role %s', array_to_string(v_command.roles, ', '), dot.fn_problem_word(session_user), v_command.roles[1]),
      jsonb_build_object('roles', v_command.roles));
  end if;
  if not v_command.open then
    return dot.fn_command_refusal('DT423', 'gate_closed', format('gate %s is closed', v_command.gate),
      format('dot gate set %s open', v_command.gate), jsonb_build_object('gate', v_command.gate));
  end if;
  if v_command.status = 'deprecated' then
    perform dot.fn_command_entry_used('commands', p_command);
  end if;
  -- What follows is about changes; a read is spared even the planning of it.
  if not v_command.mutating then
    return null;
  end if;
  if p_mode in ('run', 'plan_apply', 'sql') and not v_command.duties ? 'answer_emergency'
    and exists (select 1 from dot.dot_config where config_key = 'policy.freeze' and value = 'true')
  then
    if not dot.fn_breakglass_active(p_command) then
      return dot.fn_command_refusal('DT423', 'frozen', 'nothing may be changed now: gate policy.freeze is open',
        format('Wait, rehearse with --dry-run, or in an emergency: dot breakglass open --command %L --reason WHY', p_command),
        jsonb_build_object('gate', 'policy.freeze'));
    end if;
    perform dot.fn_command_warn(format('done though changes are frozen, in emergency %s', dot.fn_breakglass_current(p_command)));
  end if;
  -- What people have approved is judged where it is applied, by the proposal the run carries.
  if p_proposal is not null and to_regclass('dot.proposal') is not null then
    return null;
  end if;
  if v_command.approval = 'required' and p_mode in ('run', 'plan_apply', 'sql', 'nested') then
    v_hint := dot.fn_command_hook('approval_excused', p_command, v_command.risk);
    if v_hint is not null then
      return dot.fn_command_refusal('DT428', 'approval_required', format('%s is done under an approved proposal only', p_command), v_hint);
    end if;
  end if;
  if p_mode in ('run', 'plan_apply', 'sql') then
    v_kind := (dot.fn_actor_current()).actor_kind;
    -- Proposing is an agent's at any risk: nothing comes of it without people.
    if v_kind = 'agent' and not v_command.duties ? 'propose'
      and not dot.fn_risk_for_agents(v_command.risk)
    then
      return dot.fn_command_refusal('DT428', 'agent_policy',
        format('an agent may apply commands of %s risk only; %s is %s', dot.fn_config_text('policy.agent.max_risk'), p_command, dot.fn_risk_here(v_command.risk)),
        'Rehearse it with --dry-run, and propose it with --propose; or hand the plan (--plan-out FILE) to a person: dot apply FILE',
        jsonb_build_object('risk', dot.fn_risk_here(v_command.risk), 'actor_kind', v_kind));
    end if;
  end if;
  return null;
end
$$;
comment on function dot.fn_command_admit(text, text, text, uuid) is
  'The one judge of whether the session may run a command now: catalogued, same declaration (p_spec_digest, null to skip), role, gate, freeze, approval, agent policy. Warns of a deprecated command. p_mode nested is a call within the rehearsal of another command. A run that carries a proposal (p_proposal) needs no more here: its proposal is judged when it begins, in the transaction of its effect, and when it succeeds. Null admits; else a refusal object.';

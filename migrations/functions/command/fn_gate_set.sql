create or replace function dot.fn_gate_set(p_gate text, p_value text, p_expect text default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('gate set', jsonb_build_object('gate', p_gate, 'value', p_value, 'expect', p_expect));
  v_config  dot.dot_config;
  v_value   jsonb;
  v_former  text;
  v_found   text;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  select * into v_config from dot.dot_config where config_key = p_gate and status = 'active';
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no gate or setting %s', p_gate), hint = 'See: dot gate list';
  end if;
  if (dot.fn_actor_current()).actor_kind = 'agent'
    and not dot.fn_risk_for_agents(v_config.risk)
    -- It may rehearse, so that it can propose; and carry out what people have approved.
    and not exists (
      select 1 from dot.dot_command_run r
       where r.run_id = dot.fn_run_current() and r.command_code = any (dot.fn_command_with('set_setting')) and r.entered_xid = pg_current_xact_id()
         and (r.mode = 'dry_run' or dot.fn_command_run_proposal(r.run_id) is not null))
  then
    return dot.fn_command_answer('gate set', dot.fn_command_refusal('DT428', 'agent_policy', format('an agent may not change %s: its risk is %s', p_gate, v_config.risk),
      'Propose it with --propose, or ask a person to change it.', jsonb_build_object('gate', p_gate, 'risk', v_config.risk)));
  end if;
  -- Who may not change it holds nobody up by trying.
  select * into v_config from dot.dot_config where config_key = p_gate and status = 'active' for update;
  perform dot.fn_command_entry_used('settings', p_gate);
  v_value := case
    when v_config.value_type = 'bool' and p_value in ('open', 'true', 'on') then 'true'::jsonb
    when v_config.value_type = 'bool' and p_value in ('closed', 'false', 'off') then 'false'::jsonb
    when v_config.value_type = 'int' and p_value ~ '^-?[0-9]{1,18}$' then to_jsonb(p_value::bigint)
    when v_config.value_type = 'text' then to_jsonb(p_value) end;
  if v_value is null then
    raise exception using errcode = 'DT400', message = format('%s cannot be %L', p_gate, p_value),
      hint = case v_config.value_type when 'bool' then 'A gate is open or closed.' else 'This setting is a whole number.' end;
  end if;
  select max(x.word) filter (where x.n = 1), max(x.word) filter (where x.n = 2) into v_found, v_former
    from (select v.n, case v_config.value_type when 'bool' then case v.value when 'true' then 'open' else 'closed' end else v.value #>> '{}' end as word
            from (values (1, v_config.value), (2, dot.fn_gate_recorded(v_config))) v(n, value)) x;
  if p_expect is not null and p_expect <> v_found then
    return dot.fn_command_answer('gate set', dot.fn_command_refusal('DT409', 'moved', format('%s is now %s, expected %s', p_gate, v_found, p_expect), format('dot gate history %s', p_gate)));
  end if;
  if p_gate = 'policy.freeze' and v_value = 'true' and not dot.fn_identity_private() and not exists (
    select 1 from dot.dot_actor a where a.status = 'active' and a.actor_kind = 'human' and dot.fn_role_held(a.login_name, 'dot_breakglass'))
  then
    return dot.fn_command_answer('gate set', dot.fn_command_refusal('DT409', 'no_way_back', 'nobody could declare an emergency, and only in one is a freeze lifted',
      'First give someone the role: dot actor add NAME --kind human --role dot_breakglass', jsonb_build_object('gate', p_gate)));
  end if;
  perform dot.fn_gate_write(p_gate, v_value);
  p_value := case v_config.value_type when 'bool' then case v_value when 'true' then 'open' else 'closed' end else v_value #>> '{}' end;
  return jsonb_build_object('gate', p_gate, 'value', p_value, 'former', v_former, 'changed', v_value <> v_config.value or v_former <> v_found,
    'inverse', jsonb_build_object('gate', p_gate, 'value', v_former, 'expect', p_value))
    || case when v_former <> v_found then jsonb_build_object('found', v_found) else '{}' end;
end
$$;
comment on function dot.fn_gate_set(text, text, text) is
  'Opens or closes a gate, or gives a setting its value; p_expect refuses where the value is another by now. Returns {gate, value, former, changed, inverse; found: the value that somebody had made of it past the commands, where former is what was recorded last}. Refusals: DT409 where p_expect does not hold, and for freezing all changes where nobody could lift that, DT428 where an agent may not change a setting of this risk. DT404 when there is none, DT400 for a value of another type.';

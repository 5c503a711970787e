create or replace function dot.fn_job_command_admit(p_kind text, p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_command text;
  v_refused jsonb;
  v_risk    text;
begin
  select p_payload ->> 'command' into v_command
    from dot.job_kind_registry k where k.job_kind = p_kind and dot.fn_job_is_command(p_kind) and not k.target ? 'command';
  if v_command is null then
    return null;
  end if;
  if exists (select 1 from dot.dot_command_catalog c where c.command_code = v_command and c.spec ? 'builtin') then
    return dot.fn_command_refusal('DT403', 'not_for_jobs', format('%s works with the files and keys of the machine it runs on, and no job may name those', v_command),
      'Run it where these files are.');
  end if;
  v_refused := dot.fn_command_admit(v_command, 'run');
  v_risk := dot.fn_command_risk(v_command, p_payload -> 'args');
  if v_refused is null and (dot.fn_actor_current()).actor_kind = 'agent' and not dot.fn_risk_for_agents(v_risk) then
    return dot.fn_command_refusal('DT428', 'agent_policy', format('an agent may enqueue commands of %s risk only; this is %s', dot.fn_config_text('policy.agent.max_risk'), v_risk),
      'Propose the command itself with --propose, or ask a person to enqueue it.', jsonb_build_object('risk', v_risk, 'actor_kind', 'agent'));
  end if;
  return v_refused;
end
$$;
comment on function dot.fn_job_command_admit(text, jsonb) is
  'Whether the session may enqueue this job: where its payload names the command that a worker is to run, the one who enqueues must be allowed to run it now, by the same judge and at the risk of its arguments, so that nobody (an agent, say) borrows the rights of the worker. What the program does itself (builtin) is no job: not_for_jobs. Null admits; else the refusal of the command.';

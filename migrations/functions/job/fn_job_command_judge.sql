create or replace function dot.fn_job_command_judge(p_command text, p_args jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb;
  v_risk    text;
begin
  if p_command is null then
    return null;
  end if;
  if exists (select 1 from dot.dot_command_catalog c where c.command_code = p_command and (c.spec ? 'builtin' or c.spec -> 'duties' ? 'start_worker')) then
    return dot.fn_command_refusal('DT403', 'not_for_jobs', format('%s is the work of a program on its own machine, and no job', p_command),
      'Run it where these files are.');
  end if;
  v_refused := dot.fn_command_admit(p_command, 'run');
  v_risk := dot.fn_command_risk(p_command, p_args);
  if v_refused is null and (dot.fn_actor_current()).actor_kind = 'agent' and not dot.fn_risk_for_agents(v_risk) then
    return dot.fn_command_refusal('DT428', 'agent_policy', format('an agent may set off commands of %s risk only; this is %s', dot.fn_config_text('policy.agent.max_risk'), v_risk),
      'Propose the command itself with --propose, or ask a person to do it.', jsonb_build_object('risk', v_risk, 'actor_kind', 'agent'));
  end if;
  return v_refused;
end
$$;
comment on function dot.fn_job_command_judge(text, jsonb) is
  'Whether the session may have a worker run this command with these arguments: it must be allowed to run it now, by the same judge and at the risk of the arguments, so that nobody (an agent, say) borrows the rights of the worker or of somebody else. What the program does itself, and a worker, is no job: not_for_jobs. Null admits, also no command; else the refusal.';

create or replace function dot.fn_job_command_judge(p_command text, p_args jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb;
  v_risk    text;
  v_partial record;
begin
  if p_command is null then
    return null;
  end if;
  if exists (select 1 from dot.dot_command_catalog c where c.command_code = p_command and (c.spec ? 'builtin' or c.spec -> 'duties' ? 'start_worker')) then
    return dot.fn_command_refusal('DT403', 'not_for_jobs', format('%s is the work of a program on its own machine, and no job', p_command),
      'Run it where these files are.');
  end if;
  -- What is judged now is what is done later: a shortened id may mean another one by then.
  with recursive said(command, args) as (
    select p_command, p_args
    union
    select n.later ->> 'command', n.later -> 'args'
      from said s cross join lateral jsonb_array_elements(dot.fn_job_later(s.command, s.args::text)) n(later)
     where s.command = any (dot.fn_command_with('enqueue', 'set_off')))
  select a.name, s.args ->> a.name as value into v_partial
    from said s join dot.dot_command_catalog k on k.command_code = s.command
   cross join lateral jsonb_to_recordset(coalesce(k.spec -> 'args', '[]')) as a(name text, type text)
   where a.type in ('uuid', 'uuid[]') and jsonb_typeof(s.args) = 'object'
     and exists (
       select 1 from jsonb_array_elements_text(case jsonb_typeof(s.args -> a.name) when 'array' then s.args -> a.name when 'string' then jsonb_build_array(s.args -> a.name) else '[]' end) t(id)
        where t.id !~* '^[[:space:]]*[{]?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}[}]?[[:space:]]*$')
   limit 1;
  if found then
    return dot.fn_command_refusal('DT400', 'partial_id', format('%s must be a whole id, got %s', v_partial.name, v_partial.value),
      'A command that runs later names what it is for by whole ids.');
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
  'Whether the session may have a worker run this command with these arguments: it must be allowed to run it now, by the same judge and at the risk of the arguments, so that nobody (an agent, say) borrows the rights of the worker or of somebody else. What the program does itself, and a worker, is no job: not_for_jobs; nor is what names something by a part of its id: partial_id. Null admits, also no command; else the refusal.';

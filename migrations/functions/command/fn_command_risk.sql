create or replace function dot.fn_command_risk(p_command text, p_args jsonb) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  with recursive said(command, args) as (
    select p_command, p_args
    union all
    -- To have something done later is as risky as to do it, however often it is put off.
    select n.command, n.args
      from said s
     cross join lateral (
        select s.args -> 'payload' ->> 'command', s.args -> 'payload' -> 'args'
        union all
        select k.target ->> 'command', s.args -> 'payload' from dot.job_kind_registry k where k.job_kind = s.args ->> 'kind' and k.target ? 'command') n(command, args)
     where s.command = any (dot.fn_command_with('enqueue')) and n.command is not null
  )
  select r.risk
    from (select k.risk from said s join dot.dot_command_catalog k on k.command_code = s.command
          union all
          -- To change a setting is as risky as the setting.
          select c.risk from said s join dot.dot_config c on c.config_key = s.args ->> 'gate' where s.command = any (dot.fn_command_with('set_setting'))) r
   order by array_position(array['low', 'high', 'critical'], r.risk) desc limit 1
$$;
comment on function dot.fn_command_risk(text, jsonb) is
  'The risk of a command with these arguments: its own, or that of the setting that it changes, or of the command that a job is to run (by its payload or by its kind, and of what that enqueues in its turn), whichever is highest. Null for an unknown command.';

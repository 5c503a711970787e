create or replace function dot.fn_command_risk(p_command text, p_args jsonb) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  with recursive said(command, args) as (
    select p_command, p_args
    -- Each once: what is set off may set itself off.
    union
    -- To have something done later, or to set it off, is as risky as to do it, however often it is put off.
    select n.later ->> 'command', n.later -> 'args'
      from said s cross join lateral jsonb_array_elements(dot.fn_command_hook('later', s.command, s.args::text)::jsonb) n(later)
     where s.command = any (dot.fn_command_with('enqueue', 'set_off'))
  )
  select r.risk
    from (select k.risk from said s join dot.dot_command_catalog k on k.command_code = s.command
          union all
          -- To change a setting is as risky as the setting.
          select c.risk from said s join dot.dot_config c on c.config_key = s.args ->> 'gate' where s.command = any (dot.fn_command_with('set_setting'))) r
   order by array_position(array['low', 'high', 'critical'], r.risk) desc limit 1
$$;
comment on function dot.fn_command_risk(text, jsonb) is
  'The risk of a command with these arguments: its own, or that of the setting that it changes, or of what it has done later or sets off (hook later), and of what that does in its turn, whichever is highest. Null for an unknown command.';

create or replace function dot.fn_command_risk(p_command text, p_args jsonb) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select r.risk
    from (select k.risk from dot.dot_command_catalog k where k.command_code = p_command
          union all
          -- To change a setting is as risky as the setting.
          select c.risk from dot.dot_config c where p_command = any (dot.fn_command_with('set_setting')) and c.config_key = p_args ->> 'gate') r
   order by array_position(array['low', 'high', 'critical'], r.risk) desc limit 1
$$;
comment on function dot.fn_command_risk(text, jsonb) is
  'The risk of a command with these arguments: its own, or that of the setting that it changes, whichever is higher. Null for an unknown command.';

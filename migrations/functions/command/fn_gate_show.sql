create or replace function dot.fn_gate_show(p_gate text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_gate jsonb;
begin
  perform dot.fn_command_entry_used('settings', p_gate);
  select jsonb_build_object('gate', config_key, 'type', value_type,
           'value', case value_type when 'bool' then case value when 'true' then 'open' else 'closed' end else value #>> '{}' end,
           'default', case value_type when 'bool' then case default_value when 'true' then 'open' else 'closed' end else default_value #>> '{}' end,
           'summary', summary, 'owner', owner, 'status', status, 'updated_at', updated_at, 'updated_by', updated_by,
           'commands', coalesce((select jsonb_agg(command_code order by command_code) from dot.dot_command_catalog where gate = c.config_key and status <> 'retired'), '[]'))
    into v_gate
    from dot.dot_config c where config_key = p_gate;
  if v_gate is null then
    raise exception using errcode = 'DT404', message = format('there is no gate or setting %s', p_gate), hint = 'See: dot gate list';
  end if;
  return v_gate;
end
$$;
comment on function dot.fn_gate_show(text) is 'One gate or setting with its default and the commands behind it. DT404 when there is none.';

create or replace function dot.fn_gate_write(p_gate text, p_value jsonb, p_reason text default null) returns boolean
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_config dot.dot_config;
  v_actor  text := (dot.fn_actor_current()).actor_id;
  v_last   jsonb;
begin
  select * into v_config from dot.dot_config where config_key = p_gate and status = 'active' for update;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no gate or setting %s', p_gate), hint = 'See: dot gate list';
  end if;
  if jsonb_typeof(p_value) is distinct from (case v_config.value_type when 'bool' then 'boolean' when 'int' then 'number' else 'string' end) then
    raise exception using errcode = 'DT400', message = format('%s cannot be %s', p_gate, coalesce(p_value::text, 'null')),
      hint = case v_config.value_type when 'bool' then 'A gate is open or closed.' when 'int' then 'This setting is a whole number.' else 'This setting is a text.' end;
  end if;
  -- What somebody made of it past the commands has no place in the history of what the commands made of it.
  v_last := dot.fn_gate_recorded(v_config);
  if v_config.value = p_value and v_last = p_value then
    return false;
  end if;
  update dot.dot_config set value = p_value, updated_at = dot.fn_clock_now(), updated_by = v_actor where config_key = p_gate;
  insert into dot.dot_config_history (config_key, old_value, new_value, reason, run_id, changed_by)
  values (p_gate, v_last, p_value, coalesce(nullif(current_setting('dot.reason', true), ''), p_reason),
          dot.fn_run_current(), v_actor);
  return true;
end
$$;
comment on function dot.fn_gate_write(text, jsonb, text) is
  'Writes the value of a gate or setting, with its row of history; p_reason where the caller of the command gives none. The one place that does. The former value in it is the last recorded one, also where somebody changed the setting past the commands. Returns whether it was otherwise. DT404 where it is not declared, DT400 for a value of another type. Who may is for its callers to ask.';

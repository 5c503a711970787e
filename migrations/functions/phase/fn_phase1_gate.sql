create or replace function dot.fn_phase1_gate(p_gate text, p_open boolean) returns boolean
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_former jsonb;
begin
  select value into v_former from dot.dot_config where config_key = p_gate and value_type = 'bool' and status = 'active' for update;
  if not found then
    raise exception using errcode = 'DT404', message = format('gate %s is not declared', p_gate), hint = 'dot catalog sync';
  end if;
  if v_former = to_jsonb(p_open) then
    return false;
  end if;
  update dot.dot_config set value = to_jsonb(p_open), updated_at = clock_timestamp(), updated_by = (dot.fn_actor_current()).actor_id where config_key = p_gate;
  insert into dot.dot_config_history (config_key, old_value, new_value, reason, run_id, changed_by)
  values (p_gate, v_former, to_jsonb(p_open), coalesce(nullif(current_setting('dot.reason', true), ''), 'phase1 enable'),
          nullif(current_setting('dot.run_id', true), '')::uuid, (dot.fn_actor_current()).actor_id);
  return true;
end
$$;
comment on function dot.fn_phase1_gate(text, boolean) is 'Opens or closes a gate of Phase 1, with its row of history. Returns whether it was otherwise. DT404 when the gate is not declared.';

do $$
declare
  v_state text;
begin
  assert dot.fn_gate_write('policy.freeze', 'true', 'why') and not dot.fn_gate_write('policy.freeze', 'true'), 'once';
  assert (select (old_value, new_value, reason) = ('false', 'true', 'why') from dot.dot_config_history where config_key = 'policy.freeze' order by history_id desc limit 1), 'with its reason';
  begin
    perform dot.fn_gate_write('policy.freeze', '1');
  exception when others then
    v_state := sqlstate;
  end;
  assert v_state = 'DT400', coalesce(v_state, 'written');
  begin
    perform dot.fn_gate_write('no.such.gate', 'true');
  exception when others then
    v_state := sqlstate;
  end;
  assert v_state = 'DT404', v_state;
end
$$;

create or replace function dot.fn_phase_turn(p_phase text, p_gate text, p_open boolean, p_for_good boolean) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_turn   text;
  v_answer jsonb;
begin
  select s.turn into v_turn from dot.fn_phase_steps(p_phase) s where s.gate = p_gate;
  if v_turn is null then
    perform dot.fn_gate_write(p_gate, to_jsonb(p_open), format('phase%s enable', p_phase));
    return null;
  end if;
  execute format('select %s($1, $2)', dot.fn_phase_function(v_turn, 'boolean, boolean')) into v_answer using p_open, p_for_good;
  return v_answer;
end
$$;
comment on function dot.fn_phase_turn(text, text, boolean, boolean) is
  'Turns a step of a phase on or off: writes its gate, or calls the function that the step names for it, which is told whether it is for good or to be rolled back. Returns what that answers, else null.';

create or replace function dot.fn_phase_verified(p_phase text, p_gate text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_step   record;
  v_trial  regproc;
  v_before jsonb;
  v_closed jsonb;
  v_open   jsonb;
  v_error  text;
begin
  select * into v_step from dot.fn_phase_steps(p_phase) s where s.gate = p_gate;
  v_before := dot.fn_phase_kept(v_step.before);
  if v_step.trial is null then
    return jsonb_build_object('gate', p_gate, 'kept', not v_before @? '$[*].kept ? (@ == false)', 'before', v_before);
  end if;
  begin
    v_trial := dot.fn_phase_function(v_step.trial, 'text');
    -- What comes before it in the order is needed for it, and nothing that comes after.
    perform dot.fn_phase_turn(p_phase, s.gate, s.step < v_step.step, false) from dot.fn_phase_steps(p_phase) s;
    begin
      execute format('select %s($1)', v_trial) into v_closed using p_gate;
      raise exception using errcode = 'DT099';
    exception when sqlstate 'DT099' then
      null;
    end;
    perform dot.fn_phase_turn(p_phase, p_gate, true, false);
    execute format('select %s($1)', v_trial) into v_open using p_gate;
    -- Leaving the block by an error rolls back everything in it; the variables stay.
    raise exception using errcode = 'DT099';
  exception
    when sqlstate 'DT099' then
      null;
    -- Whoever is in the way breaks no promise.
    when lock_not_available or query_canceled or deadlock_detected or serialization_failure or admin_shutdown then
      raise;
    when others then
      v_error := format('%s (%s)', sqlerrm, sqlstate);
  end;
  return jsonb_strip_nulls(jsonb_build_object('gate', p_gate,
    'kept', v_error is null and coalesce((v_open ->> 'works')::boolean, false) and not coalesce((v_closed ->> 'works')::boolean, true)
      and not v_before @? '$[*].kept ? (@ == false)',
    'closed', v_closed -> 'answer', 'open', v_open -> 'answer', 'before', nullif(v_before, '[]'), 'error', v_error));
end
$$;
comment on function dot.fn_phase_verified(text, text) is
  'Whether a gate of a phase may be opened: what its step asks before is kept; and with its trial, closed it refuses what it turns on, and open that works, tried in a block that is rolled back, whatever stands now. {gate, kept, closed, open, before, error}.';

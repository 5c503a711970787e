create or replace function dot.fn_phase1_verified(p_gate text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_closed jsonb;
  v_open   jsonb;
begin
  begin
    -- What comes before it in the order is needed for it, and nothing that comes after.
    perform dot.fn_phase1_gate(s.gate, s.step < (select g.step from dot.fn_phase1_steps() g where g.gate = p_gate)) from dot.fn_phase1_steps() s;
    begin
      v_closed := dot.fn_phase1_trial(p_gate);
      raise exception using errcode = 'DT099';
    exception when sqlstate 'DT099' then
      null;
    end;
    perform dot.fn_phase1_gate(p_gate, true);
    v_open := dot.fn_phase1_trial(p_gate);
    -- Leaving the block by an error rolls back everything in it; the variables stay.
    raise exception using errcode = 'DT099';
  exception when sqlstate 'DT099' then
    null;
  end;
  return jsonb_build_object('gate', p_gate, 'kept', coalesce((v_open ->> 'works')::boolean, false) and not coalesce((v_closed ->> 'works')::boolean, false),
    'closed', v_closed -> 'answer', 'open', v_open -> 'answer');
end
$$;
comment on function dot.fn_phase1_verified(text) is
  'Whether a gate of Phase 1 does what it says: closed, what it turns on is refused; open, it works. Tried on jobs of its own in a block that is rolled back, whatever stands now: {gate, kept, closed, open}.';

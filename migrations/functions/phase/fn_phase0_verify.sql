create or replace function dot.fn_phase0_verify() returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('phase0 verify');
  v_wired   boolean := dot.fn_iu_wired();
  v_checks  jsonb;
  v_ok      boolean;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  begin
    v_checks := dot.fn_phase0_exercise();
    -- Leaving the block by an error rolls back everything in it; the variables stay.
    raise exception using errcode = 'DT099';
  exception when sqlstate 'DT099' then
    null;
  end;
  v_checks := dot.fn_phase0_check(v_checks, 'the scratch documents are rolled back, and the wiring is as it was',
    (dot.fn_phase0_residue() ->> 'ok')::boolean and dot.fn_iu_wired() = v_wired);
  v_ok := not v_checks @? '$[*].kept ? (@ == false)';
  return jsonb_build_object('ok', v_ok, 'partial', not v_ok, 'checks', v_checks);
end
$$;
comment on function dot.fn_phase0_verify() is
  'Proves the exit gate of Phase 0 on scratch documents, in a block that is rolled back. It writes on the way, so it is no read; nothing of it stays but the audit row and the numbers that sequences have given out. Returns {ok, partial, checks: [{promise, kept, evidence}]}.';

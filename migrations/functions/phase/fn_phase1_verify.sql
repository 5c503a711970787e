create or replace function dot.fn_phase1_verify() returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('phase1 verify');
  v_before  jsonb := dot.fn_phase1_survey() -> 'steps';
  v_checks  jsonb := '[]'::jsonb;
  v_step    record;
  v_one     jsonb;
  v_ok      boolean;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  for v_step in select * from dot.fn_phase1_steps() order by step loop
    v_one := dot.fn_phase1_verified(v_step.gate);
    v_checks := dot.fn_phase0_check(v_checks, format('%s: closed it refuses, open %s', v_step.gate, v_step.turns_on), (v_one ->> 'kept')::boolean, v_one -> 'open');
  end loop;
  v_checks := dot.fn_phase0_check(v_checks, 'the gates are as they were', dot.fn_phase1_survey() -> 'steps' = v_before);
  v_ok := not v_checks @? '$[*].kept ? (@ == false)';
  return jsonb_build_object('ok', v_ok, 'partial', not v_ok, 'checks', v_checks);
end
$$;
comment on function dot.fn_phase1_verify() is
  'Proves that every gate of Phase 1 does what it says, on jobs of its own in blocks that are rolled back. It writes on the way, so it is no read; nothing of it stays but the audit row and the numbers that sequences have given out. Returns {ok, partial, checks: [{promise, kept, evidence}]}.';

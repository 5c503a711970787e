create or replace function dot.fn_phase_verify(p_phase text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard(format('phase%s verify', p_phase), jsonb_build_object('phase', p_phase));
  v_phase   dot.phase_registry;
  v_before  jsonb;
  v_checks  jsonb := '[]'::jsonb;
  v_step    record;
  v_one     jsonb;
  v_many    jsonb;
  v_ok      boolean;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_before := dot.fn_phase_survey(p_phase) -> 'steps';
  select * into v_phase from dot.phase_registry where phase_code = p_phase and status = 'active';
  for v_step in select * from dot.fn_phase_steps(p_phase) loop
    v_one := dot.fn_phase_verified(p_phase, v_step.gate);
    v_checks := dot.fn_phase_check(v_checks, case when v_step.trial is null then format('%s: what must hold before it opens does', v_step.gate)
        else format('%s: closed it refuses, open %s', v_step.gate, v_step.turns_on) end,
      (v_one ->> 'kept')::boolean, case when (v_one ->> 'kept')::boolean then coalesce(v_one -> 'open', v_one -> 'before') else v_one end);
  end loop;
  if v_phase.exercise_function <> '' then
    begin
      execute format('select %s()', dot.fn_phase_function(v_phase.exercise_function, '')) into v_many;
      -- Leaving the block by an error rolls back everything in it; the variables stay.
      raise exception using errcode = 'DT099';
    exception
      when sqlstate 'DT099' then
        v_checks := v_checks || coalesce(v_many, '[]');
      when others then
        v_checks := dot.fn_phase_check(v_checks, 'what the phase promises can be gone through', false, to_jsonb(format('%s (%s)', sqlerrm, sqlstate)));
    end;
  end if;
  v_one := dot.fn_phase_residue(p_phase);
  v_checks := dot.fn_phase_check(v_checks, 'what was tried is rolled back, and the gates are as they were',
    (v_one ->> 'ok')::boolean and dot.fn_phase_survey(p_phase) -> 'steps' = v_before, v_one - 'ok');
  v_checks := v_checks || dot.fn_phase_kept(v_phase.checks);
  v_checks := v_checks || coalesce((
    select jsonb_agg(jsonb_build_object('promise', 'never: ' || f.item, 'kept', f.ok,
             'evidence', case when f.ok then null else jsonb_strip_nulls(jsonb_build_object('cases', f.result, 'error', f.error, 'query', f.query)) end))
      from dot.fn_phase_forbidden(p_phase) f), '[]');
  v_ok := not v_checks @? '$[*].kept ? (@ == false)';
  return jsonb_build_object('ok', v_ok, 'partial', not v_ok, 'checks', v_checks);
end
$$;
comment on function dot.fn_phase_verify(text) is
  'Proves the exit gate of a phase: every gate does what it says, what the phase promises is gone through, its checks are kept, and nothing happened that must not. What it tries is in blocks that are rolled back: it writes on the way, so it is no read; nothing of it stays but the audit row and the numbers that sequences have given out. Returns {ok, partial, checks: [{promise, kept, evidence}]}. DT404 for a phase that is none.';

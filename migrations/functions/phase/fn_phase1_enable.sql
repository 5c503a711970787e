create or replace function dot.fn_phase1_enable(p_to text default null, p_revert boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('phase1 enable', jsonb_build_object('to', p_to, 'revert', p_revert));
  v_survey  jsonb;
  v_to      int;
  v_step    record;
  v_check   jsonb;
  v_checks  jsonb := '[]'::jsonb;
  v_changed text[] := '{}'::text[];
begin
  if v_refused is not null then
    return v_refused;
  end if;
  select s.step into v_to from dot.fn_phase1_steps() s where s.gate = p_to;
  if p_to is not null and v_to is null then
    raise exception using errcode = 'DT404', message = format('%s is no gate of Phase 1', p_to), hint = 'dot phase1 survey';
  end if;
  v_survey := dot.fn_phase1_survey();
  if not p_revert and v_survey -> 'missing' <> '[]' then
    return dot.fn_command_refusal('DT409', 'incomplete', 'something that Phase 1 needs is missing', 'dot phase1 survey', jsonb_build_object('missing', v_survey -> 'missing'));
  end if;
  if p_revert then
    for v_step in select * from dot.fn_phase1_steps() s where s.step >= coalesce(v_to, 1) order by s.step desc loop
      if dot.fn_phase1_gate(v_step.gate, false) then
        v_changed := v_changed || v_step.gate;
      end if;
    end loop;
  else
    for v_step in select * from dot.fn_phase1_steps() s where s.step <= coalesce(v_to, 5) order by s.step loop
      continue when dot.fn_gate_open(v_step.gate);
      v_check := dot.fn_phase1_verified(v_step.gate);
      if (v_check ->> 'kept')::boolean is not true then
        -- None of them is opened: half a turn-on would have to be understood by someone.
        raise exception using errcode = 'DT409', message = format('gate %s does not do what it says, so nothing was opened', v_step.gate), detail = v_check::text,
          hint = 'The detail says what happened with it closed and open.';
      end if;
      v_checks := v_checks || v_check;
      perform dot.fn_phase1_gate(v_step.gate, true);
      v_changed := v_changed || v_step.gate;
    end loop;
  end if;
  return jsonb_build_object('changed', to_jsonb(v_changed), 'open', not p_revert, 'checks', v_checks, 'next', dot.fn_phase1_survey() -> 'next')
    || case when cardinality(v_changed) > 0 then jsonb_build_object('inverse', jsonb_strip_nulls(jsonb_build_object('revert', not p_revert,
         'to', v_changed[1]))) else '{}' end;
end
$$;
comment on function dot.fn_phase1_enable(text, boolean) is
  'Opens the gates of Phase 1 that are closed, in order, up to p_to (null: all), each verified first; or, with p_revert, closes them in reverse order down to p_to. All of it happens or nothing. Returns {changed, open, checks, next, inverse}. A refusal (DT409) when something it needs is missing; DT409 raised when a gate does not do what it says; DT404 for a gate that is none of these.';

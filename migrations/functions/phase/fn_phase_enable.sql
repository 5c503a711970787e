create or replace function dot.fn_phase_enable(p_phase text, p_to text default null, p_revert boolean default false, p_only text[] default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard(format('phase%s enable', p_phase), jsonb_build_object('phase', p_phase, 'to', p_to, 'revert', p_revert, 'only', p_only));
  v_survey  jsonb;
  v_to      int;
  v_step    record;
  v_check   jsonb;
  v_checks  jsonb := '[]'::jsonb;
  v_turned  jsonb := '{}'::jsonb;
  v_changed text[] := '{}'::text[];
  v_since   text;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_survey := dot.fn_phase_survey(p_phase);
  select s.step into v_to from dot.fn_phase_steps(p_phase) s where s.gate = p_to;
  if p_to is not null and v_to is null then
    raise exception using errcode = 'DT404', message = format('%s is no gate of Phase %s', p_to, p_phase), hint = format('dot phase%s survey', p_phase);
  end if;
  if not p_revert and v_survey -> 'missing' <> '[]' then
    return dot.fn_command_refusal('DT409', 'incomplete', format('something that Phase %s needs is missing', p_phase), format('dot phase%s survey', p_phase),
      jsonb_build_object('missing', v_survey -> 'missing'));
  end if;
  if p_only is not null then
    if p_to is not null or cardinality(p_only) = 0 or exists (select 1 from unnest(p_only) g(gate) where not exists (select 1 from dot.fn_phase_steps(p_phase) s where s.gate = g.gate)) then
      raise exception using errcode = 'DT400', message = format('--only takes gates of Phase %s, and goes without --to', p_phase), hint = format('dot phase%s survey', p_phase);
    end if;
    -- Gates open in order: those after one that closes are closed, those before one that opens are open.
    select min(s.gate) into v_since from dot.fn_phase_steps(p_phase) s
     where s.gate <> all (p_only) and s.open = p_revert
       and case when p_revert then s.step > (select min(o.step) from dot.fn_phase_steps(p_phase) o where o.gate = any (p_only))
                else s.step < (select max(o.step) from dot.fn_phase_steps(p_phase) o where o.gate = any (p_only)) end;
    if v_since is not null then
      return dot.fn_command_refusal('DT409', 'moved_since', format('gate %s was %s since', v_since, case when p_revert then 'opened' else 'closed' end),
        format('dot phase%s survey', p_phase), jsonb_build_object('gate', v_since));
    end if;
  end if;
  for v_step in
    select * from dot.fn_phase_steps(p_phase) s
     where s.open = p_revert and case when p_revert then s.step >= coalesce(v_to, 1) else s.step <= coalesce(v_to, s.step) end
       and (p_only is null or s.gate = any (p_only))
     order by case when p_revert then -s.step else s.step end
  loop
    if not p_revert then
      v_check := dot.fn_phase_verified(p_phase, v_step.gate);
      if (v_check ->> 'kept')::boolean is not true then
        -- None of them is opened: half a turn-on would have to be understood by someone.
        raise exception using errcode = 'DT409', message = format('gate %s does not do what it says, so nothing was opened', v_step.gate), detail = v_check::text,
          hint = 'The detail says what happened with it closed and open.';
      end if;
      v_checks := v_checks || v_check;
    end if;
    v_turned := v_turned || jsonb_strip_nulls(jsonb_build_object(v_step.gate, dot.fn_phase_turn(p_phase, v_step.gate, not p_revert, true)));
    v_changed := v_changed || v_step.gate;
  end loop;
  return jsonb_build_object('changed', to_jsonb(v_changed), 'open', not p_revert, 'checks', v_checks, 'next', dot.fn_phase_survey(p_phase) -> 'next')
    || case when v_turned <> '{}' then jsonb_build_object('turned', v_turned, 'partial', v_turned @? '$.*.failed ? (@ > 0)') else '{}' end
    || case when cardinality(v_changed) > 0 then jsonb_build_object('inverse', jsonb_build_object('revert', not p_revert, 'only', v_changed)) else '{}' end;
end
$$;
comment on function dot.fn_phase_enable(text, text, boolean, text[]) is
  'Opens the gates of a phase that are closed, in order, up to p_to (null: all), each verified first (fn_phase_verified); or, with p_revert, closes them in reverse order down to p_to; p_only: those gates and no other, which is how a run is taken back. All of it happens or nothing. Returns {changed, open, checks, next, turned, inverse}, turned being what steps answer that are more than a gate. A refusal (DT409) when something it needs is missing, and with p_only where a later gate was opened, or an earlier one closed, since; DT409 raised when a gate does not do what it says; DT400 for p_only with p_to or with what is no gate of the phase; DT404 for a phase that is none, and a gate that is none of its.';

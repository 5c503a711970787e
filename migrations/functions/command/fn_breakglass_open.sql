create or replace function dot.fn_breakglass_open(p_command text[], p_minutes int default 60) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('breakglass open', jsonb_build_object('command', p_command, 'minutes', p_minutes));
  v_actor   record := dot.fn_actor_current();
  v_reason  text := nullif(trim(current_setting('dot.reason', true)), '');
  v_now     timestamptz := dot.fn_clock_now();
  v_unknown text;
  v_open    dot.break_glass;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_refused := dot.fn_actor_unknown();
  if v_refused is not null then
    return dot.fn_command_answer('breakglass open', v_refused);
  end if;
  if v_actor.actor_kind <> 'human' then
    return dot.fn_command_answer('breakglass open', dot.fn_command_refusal('DT403', 'not_a_person', format('only a person can declare an emergency, and this actor is of kind %s', v_actor.actor_kind),
      'Ask a person who holds dot_breakglass.'));
  end if;
  if v_reason is null then
    raise exception using errcode = 'DT400', message = 'an emergency needs a reason', hint = 'Say what is wrong: --reason TEXT';
  end if;
  if p_minutes is null or p_minutes not between 1 and 60 then
    raise exception using errcode = 'DT400', message = format('duration must be between 1 and 60 minutes, got %s', p_minutes), hint = 'An hour is the most: --minutes 60';
  end if;
  select c into v_unknown from unnest(p_command) c
   where not exists (select 1 from dot.dot_command_catalog k where k.command_code = c and k.mutating and k.status <> 'retired') limit 1;
  if found or coalesce(cardinality(p_command), 0) = 0 then
    raise exception using errcode = 'DT400', message = coalesce(format('%L is no command that changes anything', v_unknown), 'no command is named'),
      hint = 'Name each command that the emergency needs: --command ''gate set''';
  end if;
  insert into dot.break_glass (break_glass_id, actor_id, principal, reason, commands, opened_at, expires_at, run_id)
  values (dot.fn_uuid_v7(), v_actor.actor_id, v_actor.principal, v_reason, p_command, v_now, v_now + make_interval(mins => p_minutes),
          dot.fn_run_current())
  returning * into v_open;
  return jsonb_build_object('emergency', v_open.break_glass_id, 'actor', v_open.actor_id, 'commands', v_open.commands, 'expires_at', v_open.expires_at,
    'review', 'owed', 'next', format('dot breakglass close %s, then someone else: dot breakglass review %s --verdict VERDICT --rationale WHY', v_open.break_glass_id, v_open.break_glass_id));
end
$$;
comment on function dot.fn_breakglass_open(text[], int) is
  'Opens an emergency of the calling person for the named commands: for p_minutes (1 to 60) neither freeze nor required approvals hold for them; roles, gates and the audit do. Where proposal apply is among them, proposals are applied without their quorum, but where a policy is hard_mandatory. Needs the envelope''s reason. Returns {emergency, actor, commands, expires_at, review, next}. DT403 for who is no person, DT400 for no reason, an unknown command or another time.';

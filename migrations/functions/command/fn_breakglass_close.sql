create or replace function dot.fn_breakglass_close(p_emergency uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('breakglass close', jsonb_build_object('emergency', p_emergency));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_refused := dot.fn_actor_unknown();
  if v_refused is not null then
    return dot.fn_command_answer('breakglass close', v_refused);
  end if;
  if not exists (select 1 from dot.break_glass where break_glass_id = p_emergency) then
    raise exception using errcode = 'DT404', message = format('there is no emergency %s', p_emergency), hint = 'dot breakglass list';
  end if;
  update dot.break_glass set closed_at = least(dot.fn_clock_now(), expires_at) where break_glass_id = p_emergency and closed_at is null;
  return jsonb_build_object('emergency', p_emergency, 'changed', found, 'review', 'owed',
    'next', format('someone else: dot breakglass review %s --verdict VERDICT --rationale WHY', p_emergency));
end
$$;
comment on function dot.fn_breakglass_close(uuid) is
  'Ends an emergency before its time. Returns {emergency, changed, review, next}. Refusal DT403 for a login that is no actor. DT404 when there is none.';

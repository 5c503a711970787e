create or replace function dot.fn_breakglass_review(p_emergency uuid, p_verdict text, p_rationale text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('breakglass review', jsonb_build_object('emergency', p_emergency, 'verdict', p_verdict, 'rationale', p_rationale));
  v_actor   record := dot.fn_actor_current();
  v_open    dot.break_glass;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_refused := dot.fn_actor_decides();
  if v_refused is not null then
    return dot.fn_command_answer('breakglass review', v_refused);
  end if;
  if p_verdict not in ('justified', 'unjustified') or coalesce(trim(p_rationale), '') = '' then
    raise exception using errcode = 'DT400', message = 'a review needs a verdict and a rationale', hint = '--verdict justified|unjustified --rationale TEXT';
  end if;
  -- First without a lock: who may not review it holds nobody up. Then again, when it can no longer change.
  for v_locked in 0 .. 1 loop
    if v_locked = 1 then
      select * into v_open from dot.break_glass where break_glass_id = p_emergency for update;
    else
      select * into v_open from dot.break_glass where break_glass_id = p_emergency;
    end if;
    if v_open.break_glass_id is null then
      raise exception using errcode = 'DT404', message = format('there is no emergency %s', p_emergency), hint = 'dot breakglass list';
    end if;
    if v_actor.actor_kind <> 'human'
      or dot.fn_principals_since(v_actor.actor_id, v_actor.principal, session_user, v_actor.verified, v_open.opened_at)
        && dot.fn_principals_since(v_open.actor_id, v_open.principal, v_open.login,
          exists (select 1 from dot.dot_actor a where a.actor_id = v_open.actor_id and a.login_name = v_open.login), v_open.opened_at)
    then
      return dot.fn_command_answer('breakglass review', dot.fn_command_refusal('DT403', 'not_another_person', 'an emergency is reviewed by another person', 'Ask someone else who holds dot_reviewer.'));
    end if;
    -- Nobody who came to be one in that very emergency.
    if exists (select 1 from dot.dot_actor a where a.actor_id = v_actor.actor_id and a.changed_at >= v_open.opened_at) then
      return dot.fn_command_answer('breakglass review', dot.fn_command_refusal('DT403', 'made_meanwhile', format('%s was added or changed since emergency %s was opened', v_actor.actor_id, p_emergency),
        'Ask someone who held dot_reviewer before.'));
    end if;
    if v_open.closed_at is null and v_open.expires_at > dot.fn_clock_now() then
      return dot.fn_command_answer('breakglass review', dot.fn_command_refusal('DT409', 'still_open', format('emergency %s goes on until %s', p_emergency, v_open.expires_at),
        format('dot breakglass close %s', p_emergency)));
    end if;
    if v_open.reviewed_at is not null then
      return dot.fn_command_answer('breakglass review', dot.fn_command_refusal('DT409', 'reviewed', format('%s reviewed it: %s', v_open.reviewed_by, v_open.review_verdict), 'dot breakglass list --all'));
    end if;
  end loop;
  update dot.break_glass set review_verdict = p_verdict, review_rationale = p_rationale, reviewed_by = v_actor.actor_id, reviewed_at = dot.fn_clock_now()
   where break_glass_id = p_emergency;
  return jsonb_build_object('emergency', p_emergency, 'verdict', p_verdict, 'reviewer', v_actor.actor_id);
end
$$;
comment on function dot.fn_breakglass_review(uuid, text, text) is
  'The review that an ended emergency owes, by another person. Returns {emergency, verdict, reviewer}. Refusals: DT403 for no person, for an actor added or changed since it was opened, and for whoever its own actor was or counted as at any time since; DT409 while it goes on or when it was reviewed. DT404 when there is none, DT400 without verdict or rationale.';

create or replace function dot.fn_review_judge(p_decision uuid, p_operation jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_decision dot.review_decision;
  v_latest   dot.review_decision;
  v_actor    record;
  v_digest   text := dot.fn_review_digest(p_operation);
  v_facts    jsonb := jsonb_build_object('decision', p_decision, 'operation', p_operation);
begin
  if p_decision is null then
    return dot.fn_command_refusal('DT428', 'review_required', 'this needs an approved review decision',
      'A reviewer records it: dot review decide --kind … --operation … --verdict approved --rationale …', v_facts);
  end if;
  -- The lock lets one of two executions go on, and the other find it spent.
  select * into v_decision from dot.review_decision where review_decision_id = p_decision for update;
  if not found then
    return dot.fn_command_refusal('DT428', 'review_required', format('there is no review decision %s', p_decision), 'dot review list', v_facts);
  end if;
  if v_decision.operation_digest <> dot.fn_review_digest(v_decision.operation) then
    raise exception using errcode = 'DT500', message = format('review decision %s is not what its digest says', p_decision),
      hint = 'The row was changed by hand. Do not use it; ask for a new decision and look into the audit.';
  end if;
  if exists (select 1 from dot.review_decision_use where review_decision_id = p_decision) then
    return dot.fn_command_refusal('DT428', 'review_spent', 'this decision has been carried out already', 'Ask for a new decision.', v_facts);
  end if;
  if v_decision.operation_digest <> v_digest then
    if dot.fn_review_outline(v_decision.operation) = dot.fn_review_outline(p_operation) then
      return dot.fn_command_refusal('DT428', 'review_stale', 'the units have changed since the decision', 'Prepare the operation again and ask for a new decision.',
        v_facts || jsonb_build_object('decided', v_decision.operation));
    end if;
    return dot.fn_command_refusal('DT428', 'review_mismatch', 'the decision is for another operation', 'dot review show ' || p_decision,
      v_facts || jsonb_build_object('decided', v_decision.operation));
  end if;
  select * into v_latest from dot.review_decision where operation_digest = v_digest order by decision_no desc limit 1;
  if v_decision.verdict <> 'approved' or v_latest.verdict <> 'approved' then
    return dot.fn_command_refusal('DT428', 'review_not_approved',
      format('the latest decision on this operation is %s', case when v_latest.verdict <> 'approved' then v_latest.verdict else v_decision.verdict end),
      'dot review show ' || v_latest.review_decision_id, v_facts);
  end if;
  v_actor := dot.fn_actor_current();
  -- A person and the agents that act for them are one.
  if array[lower(v_decision.reviewer_id), lower(v_decision.reviewer_principal)]
    && array_remove(array[lower(v_actor.actor_id), lower(v_actor.principal)], null) then
    return dot.fn_command_refusal('DT428', 'review_self', 'the decision was made by the one who would carry it out',
      'Someone else must decide, or someone else must carry it out.', v_facts || jsonb_build_object('reviewer', v_decision.reviewer_id));
  end if;
  if v_decision.reviewer_kind = 'agent' then
    return dot.fn_command_refusal('DT428', 'review_by_agent', 'the decision was made by an agent', 'A person must decide.', v_facts);
  end if;
  return null;
end
$$;
comment on function dot.fn_review_judge(uuid, jsonb) is
  'Whether a review decision allows exactly this operation, as it would be done now, by the current actor: null, or a refusal (DT428) with reason review_required, review_spent, review_stale (same operation, units changed), review_mismatch, review_not_approved, review_self or review_by_agent. Locks the decision. DT500 when the decision row was tampered with.';

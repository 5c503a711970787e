create or replace function dot.fn_review_decide(
  p_kind text, p_operation jsonb, p_verdict text, p_rationale text, p_evidence jsonb default '[]')
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('review decide',
    jsonb_build_object('kind', p_kind, 'operation', p_operation, 'verdict', p_verdict, 'rationale', p_rationale, 'evidence', p_evidence));
  v_actor   record;
  v_id      uuid;
  v_now     jsonb;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if p_kind not in ('iu_split', 'iu_merge', 'iu_revert') or p_verdict not in ('approved', 'rejected', 'needs_revision') then
    raise exception using errcode = 'DT400', message = format('%L of kind %L cannot be decided', p_verdict, p_kind),
      hint = 'Kinds: iu_split, iu_merge, iu_revert. Verdicts: approved, rejected, needs_revision.';
  end if;
  if coalesce(trim(p_rationale), '') = '' then
    raise exception using errcode = 'DT400', message = 'a decision needs a rationale', hint = 'Say why: --rationale TEXT';
  end if;
  if jsonb_typeof(p_evidence) is distinct from 'array' then
    raise exception using errcode = 'DT400', message = 'evidence is not a JSON array', hint = 'For example: --evidence ''["minutes of 3 May"]''';
  end if;
  v_actor := dot.fn_actor_current();
  if v_actor.actor_kind = 'agent' then
    return dot.fn_command_refusal('DT403', 'agent_cannot_review', 'an agent cannot review', 'Hand the operation to a person.',
      jsonb_build_object('actor', v_actor.actor_id));
  end if;
  -- The operation must be what the platform would do now, word for word; otherwise nothing known is decided on.
  v_now := dot.fn_iu_operation_now(p_kind, p_operation);
  if v_now is distinct from p_operation then
    return dot.fn_command_refusal('DT409', 'review_stale', 'the operation does not fit the units as they are now',
      'Prepare it again with dot iu plan-split, plan-merge or plan-revert, and decide on that.',
      jsonb_build_object('given', p_operation, 'now', v_now));
  end if;
  v_id := dot.fn_review_record(p_kind, p_operation, p_verdict, p_rationale, p_evidence, v_actor.actor_id, v_actor.actor_kind, v_actor.principal,
    v_actor.verified);
  return jsonb_build_object('decision', v_id, 'kind', p_kind, 'verdict', p_verdict, 'operation_digest', dot.fn_review_digest(p_operation),
    'reviewer', v_actor.actor_id, 'reviewer_verified', v_actor.verified);
end
$$;
comment on function dot.fn_review_decide(text, jsonb, text, text, jsonb) is
  'Records the caller''s decision on one exact operation, as dot iu plan-split, plan-merge or plan-revert print it; a later decision on the same operation replaces it. Returns {decision, kind, verdict, operation_digest, reviewer, reviewer_verified}. Refusals: DT403 for an agent, DT409 when the operation does not fit the units as they are now. DT400 for an unknown kind or verdict or an empty rationale.';

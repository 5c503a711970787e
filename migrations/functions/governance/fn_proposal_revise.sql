create or replace function dot.fn_proposal_revise(
  p_proposal uuid, p_payload jsonb default null, p_title text default null, p_evidence jsonb default null, p_note text default null)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('proposal revise', jsonb_build_object('proposal', p_proposal, 'payload', p_payload, 'title', p_title,
    'evidence', p_evidence, 'note', p_note));
  v_proposal dot.proposal;
  v_valid    jsonb;
  v_policy   dot.approval_policy;
  v_risk     text;
  v_other    boolean;
  v_levels   constant text[] := array['low', 'high', 'critical'];
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if jsonb_typeof(p_evidence) <> 'array' then
    raise exception using errcode = 'DT400', message = 'evidence must be a JSON array', hint = 'For example: --evidence ''["minutes of 3 May"]''';
  end if;
  -- With a revision end its approvals, and its editor cannot approve it: people who decide bring that about for themselves.
  v_other := not dot.fn_proposal_mine(p_proposal) and ((dot.fn_actor_current()).actor_kind <> 'human' or dot.fn_actor_decides() is not null
    or not exists (
      select 1 from dot.proposal p join dot.approval_policy a using (policy_code) cross join lateral jsonb_array_elements(a.factors) f
       where p.proposal_id = p_proposal and a.version = p.policy_version and dot.fn_role_held(session_user, f ->> 'role')));
  -- First without a lock: who cannot revise it holds nobody up. Then again, when it can no longer change.
  for v_locked in 0 .. 1 loop
    if v_locked = 1 then
      v_proposal := dot.fn_proposal_lock(p_proposal);
    else
      select * into v_proposal from dot.proposal p where p.proposal_id = p_proposal;
    end if;
    if v_proposal.proposal_id is null or v_proposal.proposal_state in ('merged', 'withdrawn') then
      return dot.fn_command_answer('proposal revise', dot.fn_proposal_judge(p_proposal) -> 'refusal');
    end if;
    if v_other then
      return dot.fn_command_answer('proposal revise', dot.fn_command_refusal('DT403', 'not_the_proposer', format('%s can revise it, and people who decide on it', v_proposal.proposer_id),
        'Make a proposal of your own: dot proposal submit', jsonb_build_object('proposal', p_proposal)));
    end if;
    v_valid := dot.fn_proposal_validate(v_proposal.proposal_kind, coalesce(p_payload, v_proposal.proposed_action_jsonb));
    if v_valid ->> 'refused' = 'true' then
      return dot.fn_command_answer('proposal revise', v_valid);
    end if;
  end loop;
  -- A revision never lowers the risk: else one made from elsewhere would ask for fewer approvals.
  v_risk := case when array_position(v_levels, v_valid ->> 'risk') > array_position(v_levels, v_proposal.risk) then v_valid ->> 'risk' else v_proposal.risk end;
  v_policy := dot.fn_policy_resolve(v_proposal.proposal_kind, v_risk);
  update dot.proposal
     set revision = revision + 1, title = coalesce(nullif(trim(p_title), ''), title), risk = v_risk, affected_artifact_refs = v_valid -> 'refs',
         proposed_action_jsonb = v_valid -> 'payload', payload_digest = dot.fn_proposal_digest(v_valid -> 'payload'),
         code_digest = v_valid ->> 'code', base_jsonb = nullif(v_valid -> 'base', 'null'), base_digest = dot.fn_proposal_digest(v_valid -> 'base'),
         evidence_refs_jsonb = coalesce(p_evidence, evidence_refs_jsonb), policy_code = v_policy.policy_code, policy_version = v_policy.version,
         approval_id = dot.fn_uuid_v7(), proposal_state = case proposal_state when 'draft' then 'draft' else 'submitted' end,
         submitted_at = case when proposal_state <> 'draft' then dot.fn_clock_now() end,
         expires_at = dot.fn_clock_now() + make_interval(days => dot.fn_config_int('governance.proposal.ttl_days')::int)
   where proposal_id = p_proposal;
  perform dot.fn_proposal_revise_record(p_proposal, p_note);
  return dot.fn_proposal_summary(p_proposal);
end
$$;
comment on function dot.fn_proposal_revise(uuid, jsonb, text, jsonb, text) is
  'Makes a new revision of a proposal, with another payload or (without one) on the base as it is now. No approval given before counts for it, a rejection does (fn_proposal_votes); who edits it cannot approve it, and its risk is never lowered. Returns its summary. Refusals: DT403 where it is not the caller''s own (fn_proposal_mine), for who does not decide on it themselves; when it is merged or withdrawn, or cannot be done as things are. DT404 when there is none, DT400 for a payload of another shape.';

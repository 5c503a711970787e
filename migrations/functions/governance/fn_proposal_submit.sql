create or replace function dot.fn_proposal_submit(
  p_kind text default null, p_payload jsonb default null, p_title text default null, p_evidence jsonb default '[]',
  p_draft boolean default false, p_draft_of uuid default null, p_class text default null)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('proposal submit', jsonb_build_object('kind', p_kind, 'payload', p_payload, 'title', p_title,
    'evidence', p_evidence, 'draft', p_draft, 'draft-of', p_draft_of, 'class', p_class));
  v_actor    record;
  v_valid    jsonb;
  v_class    text;
  v_id       uuid := dot.fn_uuid_v7();
  v_approval uuid := dot.fn_uuid_v7();
  v_now      timestamptz := dot.fn_clock_now();
  v_policy   dot.approval_policy;
  v_run      uuid := dot.fn_run_current();
  v_same     uuid;
  c_timeout  constant text := current_setting('lock_timeout');
  v_trace    text := nullif(current_setting('dot.trace_id', true), '');
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if p_draft_of is not null then
    return dot.fn_command_answer('proposal submit', dot.fn_proposal_open(p_draft_of));
  end if;
  if p_kind is null or p_payload is null then
    raise exception using errcode = 'DT400', message = 'a proposal needs a kind and a payload', hint = '--kind KIND --payload JSON|@FILE; see: dot proposal kinds';
  end if;
  if jsonb_typeof(p_evidence) is distinct from 'array' then
    raise exception using errcode = 'DT400', message = 'evidence must be a JSON array', hint = 'For example: --evidence ''["minutes of 3 May"]''';
  end if;
  v_actor := dot.fn_actor_current();
  v_class := coalesce(p_class, case v_actor.actor_kind when 'human' then 'human' else 'agent' end);
  if v_class = 'human' and v_actor.actor_kind <> 'human' then
    return dot.fn_command_answer('proposal submit', dot.fn_command_refusal('DT403', 'not_a_person', format('%s is not a person and cannot propose as one', v_actor.actor_id), 'Leave --class out.'));
  end if;
  v_valid := dot.fn_proposal_validate(p_kind, p_payload);
  if v_valid ->> 'refused' = 'true' then
    return dot.fn_command_answer('proposal submit', v_valid);
  end if;
  if v_valid ->> 'lands_in' = 'workflow_change_requests' then
    insert into dot.workflow_change_requests (change_request_id, change_kind, title, proposer_class, proposer_id, proposer_principal, request_state,
      proposed_action_jsonb, payload_digest, evidence_refs_jsonb, requested_at, run_id, trace_id)
    values (v_id, p_kind, coalesce(nullif(trim(p_title), ''), p_kind), v_class, v_actor.actor_id, v_actor.principal, 'submitted',
      v_valid -> 'payload', dot.fn_proposal_digest(v_valid -> 'payload'), p_evidence, v_now, v_run, v_trace);
    return jsonb_build_object('proposal', v_id, 'kind', p_kind, 'state', 'submitted', 'lands_in', 'workflow_change_requests');
  end if;
  v_policy := dot.fn_policy_resolve(p_kind, v_valid ->> 'risk');
  -- Who asks twice, as a program does that has lost the answer, has one proposal. Two that ask at once wait for each other; but
  -- many share a lock, and whoever holds it for long keeps nobody from proposing.
  perform set_config('lock_timeout', '1s', true);
  begin
    perform dot.fn_lock_take('proposal', concat_ws(' ', p_kind, v_actor.actor_id, dot.fn_proposal_digest(v_valid -> 'payload')));
  exception when lock_not_available then
    null;
  end;
  perform set_config('lock_timeout', c_timeout, true);
  select p.proposal_id into v_same
    from dot.proposal p
   where p.proposal_kind = p_kind and p.payload_digest = dot.fn_proposal_digest(v_valid -> 'payload')
     and p.base_digest = dot.fn_proposal_digest(v_valid -> 'base') and p.code_digest is not distinct from v_valid ->> 'code'
     and p.proposer_id = v_actor.actor_id and p.proposer_principal is not distinct from v_actor.principal and p.proposer_class = v_class
     and p.evidence_refs_jsonb = p_evidence and p.revision = 1
     -- What has become more of a risk since, or is under another policy, is another request.
     and p.risk = v_valid ->> 'risk' and (p.policy_code, p.policy_version) = (v_policy.policy_code, v_policy.version)
     and dot.fn_proposal_state(p.proposal_state, p.expires_at) = any (case when p_draft then '{draft}' else '{submitted,review,approved}' end::text[])
   order by p.proposed_at, p.proposal_id limit 1;
  if found then
    return dot.fn_proposal_summary(v_same);
  end if;
  insert into dot.proposal (
    proposal_id, proposal_kind, title, risk, proposer_class, proposer_id, proposer_principal, proposer_verified, proposed_at, proposal_state,
    affected_artifact_refs, proposed_action_jsonb, evidence_refs_jsonb, payload_digest, base_jsonb, base_digest, policy_code, policy_version,
    approval_id, submitted_at, expires_at, created_at, run_id, trace_id, code_digest)
  values (
    v_id, p_kind,
    -- Of a command, what it is says more than why.
    case when p_kind = 'command_run' then concat_ws(': ', dot.fn_proposal_title(p_kind, v_valid -> 'payload'), nullif(trim(p_title), ''))
      else coalesce(nullif(trim(p_title), ''), dot.fn_proposal_title(p_kind, v_valid -> 'payload')) end, v_valid ->> 'risk', v_class,
    v_actor.actor_id, v_actor.principal, v_actor.verified, v_now, case when p_draft then 'draft' else 'submitted' end,
    v_valid -> 'refs', v_valid -> 'payload', p_evidence, dot.fn_proposal_digest(v_valid -> 'payload'),
    nullif(v_valid -> 'base', 'null'), dot.fn_proposal_digest(v_valid -> 'base'), v_policy.policy_code, v_policy.version,
    v_approval, case when not p_draft then v_now end, v_now + make_interval(days => dot.fn_config_int('governance.proposal.ttl_days')::int), v_now, v_run, v_trace, v_valid ->> 'code');
  perform dot.fn_proposal_revise_record(v_id, null);
  return dot.fn_proposal_summary(v_id);
end
$$;
comment on function dot.fn_proposal_submit(text, jsonb, text, jsonb, boolean, uuid, text) is
  'Proposes something: validates the payload by its kind, binds it to the live base and pins the policy in force. p_draft keeps it to be submitted later with p_draft_of. p_class (human, kg_feedback, governance_audit, agent) is by default what the actor is; human is a person''s alone. An open proposal of the same payload, base, code, evidence, risk and policy by the same proposer is returned instead of a second one. Returns {proposal, kind, state, revision, risk, policy, missing, expires_at, next}. Workflow changes land in workflow_change_requests. Refusals: those of the kind where it cannot be done as things are. DT404 for an unknown kind, DT400 for a payload of another shape.';

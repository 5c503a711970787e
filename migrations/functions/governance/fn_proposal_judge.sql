create or replace function dot.fn_proposal_judge(p_proposal uuid) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_proposal dot.proposal;
  v_present  dot.approval_policy;
  v_state    text;
  v_base     jsonb;
  v_code     text;
  v_drift    jsonb := '[]'::jsonb;
  v_quorums  jsonb;
  v_missing  text;
  v_excused  text;
  v_refusal  jsonb;
  v_facts    jsonb;
begin
  select * into v_proposal from dot.proposal where proposal_id = p_proposal;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no proposal %s', p_proposal), hint = 'See: dot proposal list';
  end if;
  v_state := dot.fn_proposal_state(v_proposal.proposal_state, v_proposal.expires_at);
  v_base := case when v_state = 'merged' then v_proposal.base_jsonb
    else dot.fn_proposal_base(v_proposal.proposal_kind, v_proposal.proposed_action_jsonb) end;
  if dot.fn_proposal_digest(v_proposal.proposed_action_jsonb) <> v_proposal.payload_digest or not exists (
    select 1 from dot.proposal_revision r
     where r.proposal_id = p_proposal and r.revision = v_proposal.revision and r.payload_digest = dot.fn_proposal_digest(r.payload)
       and r.payload_digest = v_proposal.payload_digest and r.base_digest = v_proposal.base_digest and r.approval_id = v_proposal.approval_id)
  then
    v_drift := v_drift || jsonb_build_object('what', 'payload', 'then', v_proposal.payload_digest,
      'now', dot.fn_proposal_digest(v_proposal.proposed_action_jsonb));
  end if;
  if dot.fn_proposal_digest(v_base) <> v_proposal.base_digest then
    v_drift := v_drift || jsonb_build_object('what', 'base', 'then', v_proposal.base_jsonb, 'now', v_base);
  end if;
  v_code := case when v_state <> 'merged' then dot.fn_proposal_code(v_proposal.proposal_kind, v_proposal.proposed_action_jsonb) else v_proposal.code_digest end;
  if v_code is distinct from v_proposal.code_digest then
    v_drift := v_drift || jsonb_build_object('what', 'code', 'then', v_proposal.code_digest, 'now', v_code);
  end if;
  -- The stricter of the pinned and the present policy is both of them.
  v_present := dot.fn_policy_resolve(v_proposal.proposal_kind, v_proposal.risk);
  select jsonb_agg(dot.fn_proposal_quorum(p_proposal, q.code, q.version, dot.fn_proposal_digest(v_base)) || jsonb_build_object('in_force', q.in_force) order by q.in_force)
    into v_quorums
    from (select code, version, string_agg(x.label, ' and ' order by x.label) as in_force
            from (values (v_proposal.policy_code, v_proposal.policy_version, 'pinned'), (v_present.policy_code, v_present.version, 'present')) x(code, version, label)
           group by code, version) q;
  if v_quorums @> '[{"met": false}]' then
    select string_agg(distinct format('%s of %s %s approved%s', jsonb_array_length(f -> 'approved_by'), f ->> 'n', f ->> 'role', case when q ->> 'signed' = 'true' then ' and signed' end), '; ')
      into v_missing
      from jsonb_array_elements(v_quorums) q, jsonb_array_elements(q -> 'factors') f
     where q ->> 'met' = 'false';
    -- Which command applies it: a proposed one is a run of its own, and entries of registries have one beside the usual.
    v_excused := dot.fn_proposal_excused(
      case when v_proposal.proposal_kind = 'command_run' then v_proposal.proposed_action_jsonb ->> 'command'
        else coalesce((select r.command_code from dot.dot_command_run r
                        where r.run_id = dot.fn_run_current() and r.command_code = any (dot.fn_command_with('apply_entry'))),
                      (dot.fn_command_with('apply_proposal'))[1]) end, v_quorums);
  end if;

  v_facts := jsonb_build_object('proposal', p_proposal, 'state', v_state, 'drift', v_drift);
  v_refusal := case
    when v_state = 'merged' then dot.fn_command_refusal('DT409', 'proposal_spent', 'this proposal has been applied already',
      'dot run show ' || v_proposal.applied_run_id, v_facts || jsonb_build_object('run_id', v_proposal.applied_run_id))
    when v_state = 'withdrawn' then dot.fn_command_refusal('DT409', 'proposal_withdrawn', 'this proposal was withdrawn', 'Make a new one.', v_facts)
    when v_state = 'draft' then dot.fn_command_refusal('DT428', 'proposal_draft', 'this proposal has not been submitted yet',
      format('dot proposal submit --draft-of %s', p_proposal), v_facts)
    when v_state = 'expired' then dot.fn_command_refusal('DT410', 'proposal_expired', format('this proposal expired at %s', v_proposal.expires_at),
      format('dot proposal revise %s brings it up to date; it has to be approved again', p_proposal), v_facts)
    when v_drift @> '[{"what": "payload"}]' then dot.fn_command_refusal('DT409', 'payload_changed', 'the payload is not what its digest says',
      'The row was changed by hand. Do not apply it; look into the audit.', v_facts)
    when v_drift @> '[{"what": "base"}]' then dot.fn_command_refusal('DT409', 'proposal_stale', 'what this proposal would change has changed since it was made',
      format('dot proposal diff %1$s shows it; dot proposal revise %1$s brings it up to date, and it has to be approved again', p_proposal), v_facts)
    when v_drift @> '[{"what": "code"}]' then dot.fn_command_refusal('DT409', 'code_changed', 'the code that would carry this out has changed since it was proposed',
      format('dot proposal revise %s measures it anew; it has to be approved again', p_proposal), v_facts)
    when v_quorums @> '[{"denied": true}]' then dot.fn_command_refusal('DT428', 'proposal_denied', format('%s decided against it',
        (select string_agg(distinct n, ', ') from jsonb_array_elements(v_quorums) q, jsonb_array_elements_text(q -> 'denied_by') n)),
      format('dot proposal revise %s answers them; it stands until they approve it, or take back what they said', p_proposal), v_facts)
    when v_missing is not null and v_excused is null then dot.fn_command_refusal('DT428', 'approval_missing', format('approval is missing: %s', v_missing),
        case when v_quorums @> '[{"met": false, "signed": true}]' then format('A reviewer approves it and signs, with a key of their own (dot actor key list): dot proposal approve %s --sign', p_proposal)
          else format('A reviewer decides: dot proposal review %s', p_proposal) end, v_facts || jsonb_build_object('policies', v_quorums)) end;
  return jsonb_build_object('proposal', p_proposal, 'state', v_state, 'met', not v_quorums @> '[{"met": false}]',
    'denied', v_quorums @> '[{"denied": true}]', 'missing', v_missing, 'excused', case when v_refusal is null then v_missing || '; ' || v_excused end, 'drift', v_drift, 'base_now', dot.fn_proposal_digest(v_base), 'policies', v_quorums,
    'decisions', (select coalesce(jsonb_agg(distinct d), '[]') from jsonb_array_elements(v_quorums) q, jsonb_array_elements(q -> 'decisions') d), 'refusal', v_refusal);
end
$$;
comment on function dot.fn_proposal_judge(uuid) is
  'Whether a proposal may be applied as everything is now: payload and live base rehashed, the decisions counted under the pinned and the present policy. Returns {proposal, state, met, denied, missing, excused: what is missing and why it may be applied all the same, drift: [{what, then, now}], base_now: digest, policies: [as fn_proposal_quorum, with in_force], decisions: [those that count], refusal}; refusal is null where it may. Reasons: proposal_spent, proposal_withdrawn, proposal_draft, proposal_expired, payload_changed, proposal_stale, code_changed, proposal_denied, approval_missing. DT404 when there is none.';

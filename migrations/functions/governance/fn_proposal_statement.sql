create or replace function dot.fn_proposal_statement(p_proposal uuid, p_verdict text default 'approved', p_rationale text default null, p_evidence jsonb default '[]') returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_proposal dot.proposal;
  v_actor    record := dot.fn_actor_current();
  v_text     text;
begin
  select * into v_proposal from dot.proposal where proposal_id = p_proposal;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no proposal %s', coalesce(p_proposal::text, 'null')), hint = 'See: dot proposal list';
  end if;
  if p_verdict is null or p_verdict not in ('approved', 'rejected', 'needs_revision') then
    raise exception using errcode = 'DT400', message = 'a verdict is missing', hint = '--verdict approved, rejected or needs_revision';
  end if;
  if coalesce(trim(p_rationale), '') = '' then
    raise exception using errcode = 'DT400', message = 'a decision needs a rationale', hint = 'Say why: --rationale TEXT';
  end if;
  v_text := dot.fn_review_text(jsonb_build_object(
    'database', dot.fn_command_database()::text, 'proposal', p_proposal, 'kind', v_proposal.proposal_kind, 'revision', v_proposal.revision,
    'payload', 'sha256:' || dot.fn_proposal_digest(v_proposal.proposed_action_jsonb), 'base', 'sha256:' || v_proposal.base_digest,
    'code', coalesce('sha256:' || v_proposal.code_digest, 'none'), 'policy', v_proposal.policy_code || '/' || v_proposal.policy_version,
    'verdict', p_verdict, 'reviewer', v_actor.actor_id,
    'rationale', 'sha256:' || encode(sha256(convert_to(p_rationale, 'UTF8')), 'hex'), 'evidence', 'sha256:' || dot.fn_proposal_digest(p_evidence),
    'time', to_char(dot.fn_clock_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')));
  if v_text is null then
    raise exception using errcode = 'DT400', message = format('%L cannot be the name of one who signs', v_actor.actor_id), hint = 'It is of one line: dot actor list';
  end if;
  return jsonb_build_object('proposal', p_proposal, 'reviewer', v_actor.actor_id, 'reviewer_kind', v_actor.actor_kind, 'namespace', 'dot-approval', 'statement', v_text,
    -- Whole, or not at all: part of it has another digest.
    'payload', case when dot.fn_proposal_visible(v_proposal.proposed_action_jsonb) = v_proposal.proposed_action_jsonb then v_proposal.proposed_action_jsonb::text end, 'evidence', coalesce(p_evidence, 'null')::text,
    'keys', (select coalesce(jsonb_agg(jsonb_build_object('key', k.key, 'state', k.state, 'public_key', k.public_key, 'comment', k.comment) order by k.state, k.added_at), '[]')
               from dot.fn_actor_key_list(v_actor.actor_id, p_history => true) k));
end
$$;
comment on function dot.fn_proposal_statement(uuid, text, text, jsonb) is
  'The text that the caller signs to decide so on the present revision of a proposal (fn_review_text), within the hour: {proposal, reviewer, reviewer_kind, namespace, statement, payload and evidence: the texts whose digests it holds, keys: [{key, state, public_key, comment}]}. DT404 when there is no such proposal, DT400 without verdict or rationale.';

create or replace function dot.fn_review_sign(p_proposal uuid, p_verdict text, p_rationale text, p_evidence jsonb, p_statement text, p_signature text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_actor  record := dot.fn_actor_current();
  v_by     jsonb;
  v_key    dot.dot_actor_key;
  v_parts  jsonb;
  v_wrong  text;
  v_facts  jsonb := jsonb_build_object('proposal', p_proposal);
begin
  if p_statement is null and p_signature is null then
    return null;
  end if;
  if p_statement is null or p_signature is null then
    raise exception using errcode = 'DT400', message = 'a signature and the text that was signed go together', hint = '--sign makes both; or give --statement FILE and --signature FILE.';
  end if;
  v_by := dot.fn_ssh_signature(p_signature);
  if v_by ->> 'namespace' <> 'dot-approval' then
    raise exception using errcode = 'DT400', message = format('this signature is of namespace %s', v_by ->> 'namespace'), hint = 'A decision is signed in namespace dot-approval: ssh-keygen -Y sign -n dot-approval';
  end if;
  if v_actor.actor_kind <> 'human' or not dot.fn_login_itself() then
    return dot.fn_command_refusal('DT403', 'not_a_person', format('only people sign, at a login of their own, and %s is not one', v_actor.actor_id), 'The reviewer signs: dot proposal approve … --sign', v_facts);
  end if;
  select * into v_key from dot.dot_actor_key k where k.fingerprint = v_by ->> 'fingerprint';
  if v_key.actor_id is distinct from v_actor.actor_id then
    return dot.fn_command_refusal('DT403', 'key_unknown', format('key %s is not registered for %s', v_by ->> 'fingerprint', v_actor.actor_id),
      format('dot actor key list %1$s; dot actor key add %1$s FILE.pub', v_actor.actor_id), v_facts || jsonb_build_object('key', v_by -> 'fingerprint'));
  end if;
  if v_key.revoked_at is not null then
    return dot.fn_command_refusal('DT403', 'key_revoked', format('key %s was revoked at %s', v_key.fingerprint, v_key.revoked_at),
      format('Sign with another: dot actor key list %s', v_actor.actor_id), v_facts || jsonb_build_object('key', v_key.fingerprint));
  end if;
  v_parts := dot.fn_review_parts(p_statement);
  if v_parts is null or dot.fn_review_parts(dot.fn_proposal_statement(p_proposal, p_verdict, p_rationale, p_evidence) ->> 'statement') - 'time' <> v_parts - 'time' then
    return dot.fn_command_refusal('DT409', 'statement_differs', 'what was signed is not this decision on what stands now',
      'Look at it, and sign anew: dot proposal show ' || p_proposal, v_facts || jsonb_build_object('differs', (
        select jsonb_agg(n.key order by n.key) from jsonb_each(dot.fn_review_parts(dot.fn_proposal_statement(p_proposal, p_verdict, p_rationale, p_evidence) ->> 'statement') - 'time') n
         where v_parts -> n.key is distinct from n.value)));
  end if;
  if v_parts ->> 'time' !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
    or (v_parts ->> 'time')::timestamptz not between dot.fn_clock_now() - interval '1 hour' and dot.fn_clock_now()
  then
    return dot.fn_command_refusal('DT409', 'statement_late', format('what was signed is of %s, and counts for an hour', v_parts ->> 'time'), 'Sign anew.', v_facts);
  end if;
  v_wrong := dot.fn_ssh_verified(v_key.public_key, 'dot-approval', p_statement, p_signature);
  if v_wrong is not null then
    return dot.fn_command_refusal('DT403', 'signature_invalid', v_wrong, 'Sign exactly the text that dot proposal statement gives, with that key.', v_facts || jsonb_build_object('key', v_key.fingerprint));
  end if;
  return jsonb_build_object('fingerprint', v_key.fingerprint);
end
$$;
comment on function dot.fn_review_sign(uuid, text, text, jsonb, text, text) is
  'Whether a signature may stand beside the decision that the caller is about to give: null where there is none, {fingerprint} of its key, or a refusal: DT403 for who is no person at a login of their own, for a key that is not theirs or was revoked, and for a signature that is not one by it over that text; DT409 where the text is not of this decision on what stands now, or older than an hour. DT400 for what is no signature in namespace dot-approval.';

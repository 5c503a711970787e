do $$
declare
  v_ann      text := test.signer('ann');
  v_proposal uuid := test.tag_proposal();
  v_id       uuid := (test.signs(v_ann, v_proposal, 'ann') ->> 'decision')::uuid;
  v_plain    uuid := dot.fn_review_record(v_proposal, 'approved', 'read', '[]', 'reviewer', 'human', null, false);
  v_case     record;
begin
  perform test.equal(dot.fn_review_unsigned(v_id), null::text);
  perform test.equal(dot.fn_review_unsigned(v_plain), 'it is not signed');
  alter table dot.review_decision disable trigger user;
  alter table dot.review_signature disable trigger user;
  alter table dot.dot_actor_key disable trigger user;
  alter table dot.proposal disable trigger user;
  alter table dot.proposal_revision disable trigger user;
  for v_case in
    select * from (values
      ('update dot.review_decision set decision_rationale = ''x''', 'what was signed is not this decision'),
      ('update dot.review_decision set evidence_refs_jsonb = ''["x"]''', 'what was signed is not this decision'),
      ('update dot.review_decision set verdict = ''rejected''', 'what was signed is not this decision'),
      ('update dot.review_decision set base_digest = ''x''', 'what was signed is not this decision'),
      ('update dot.review_decision set payload_digest = ''x''', 'what was signed is not this decision'),
      ('update dot.proposal_revision set payload = ''{}''', 'what was signed is not this decision'),
      ('update dot.proposal set proposed_action_jsonb = ''{}''', 'what was signed is not this decision'),
      ('update dot.proposal set code_digest = ''x''', 'what was signed is not this decision'),
      ('update dot.proposal set policy_code = ''critical''', 'what was signed is not this decision'),
      ('update dot.review_signature set statement = ''x''', 'what was signed is not this decision'),
      ('update dot.review_signature set statement = replace(statement, ''time: '', ''time: x'')', 'what was signed is not this decision'),
      ('update dot.review_decision set reviewer_kind = ''agent''', 'it was given by no person'),
      ('update dot.review_decision set decided_at = decided_at + interval ''2 hours''', 'it was not signed when it was given'),
      ('update dot.review_signature set statement = replace(statement, ''"system_identifier": "'', ''"system_identifier": "1'')', 'it was signed for another database'),
      ('update dot.review_decision set decided_at = decided_at - interval ''1 day''', 'its key was not registered for its reviewer'),
      ('update dot.dot_actor_key set actor_id = ''bob''', 'its key was not registered for its reviewer'),
      ('update dot.dot_actor_key set revoked_at = now(), revoked_by = ''x''', 'its key had been revoked'),
      ('update dot.dot_actor_key set revoked_at = now() + interval ''1 second'', revoked_by = ''x''', null)) c(change, says)
  loop
    begin
      execute v_case.change;
      perform test.equal(dot.fn_review_unsigned(v_id), v_case.says, v_case.change);
      raise exception using errcode = 'DT999';
    exception when sqlstate 'DT999' then
      null;
    end;
  end loop;
end
$$;

do $$
declare
  v_ann      text := test.signer('ann');
  v_proposal uuid := test.tag_proposal();
  v_id       uuid := (test.signs(v_ann, v_proposal, 'ann') ->> 'decision')::uuid;
  v_run      uuid;
  v_proof    jsonb;
begin
  perform dot.fn_proposal_apply(v_proposal);
  select applied_run_id into v_run from dot.proposal where proposal_id = v_proposal;
  v_proof := dot.fn_review_proof(v_run);
  perform test.equal(v_proof ->> 'proposal', v_proposal::text);
  perform test.equal(v_proof #>> '{decisions,0,decision}', v_id::text);
  perform test.equal('sha256:' || encode(sha256(convert_to(v_proof ->> 'payload', 'UTF8')), 'hex'), dot.fn_review_parts(v_proof #>> '{decisions,0,statement}') ->> 'payload');
  perform test.equal(dot.fn_review_proof(gen_random_uuid()), null::jsonb);
end
$$;

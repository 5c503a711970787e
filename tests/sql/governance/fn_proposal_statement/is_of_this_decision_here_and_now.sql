do $$
declare
  v_ann      text := test.signer('ann');
  v_proposal uuid := test.tag_proposal();
  v_said     jsonb := test.by(v_ann, format('select dot.fn_proposal_statement(%L, p_rationale => ''read'', p_evidence => ''["x"]'')::text', v_proposal))::jsonb;
  v_parts    jsonb := dot.fn_review_parts(v_said ->> 'statement');
  v_row      dot.proposal;
begin
  select * into v_row from dot.proposal where proposal_id = v_proposal;
  perform test.equal(v_parts - array['time', 'database'], jsonb_build_object('proposal', v_proposal, 'kind', 'registry_entry', 'revision', '1', 'payload', 'sha256:' || v_row.payload_digest,
    'base', 'sha256:' || v_row.base_digest, 'code', 'sha256:' || v_row.code_digest, 'policy', v_row.policy_code || '/' || v_row.policy_version, 'verdict', 'approved', 'reviewer', 'ann',
    'rationale', 'sha256:' || encode(sha256('read'), 'hex'), 'evidence', 'sha256:' || dot.fn_proposal_digest('["x"]')));
  perform test.equal((v_parts ->> 'time')::timestamptz, date_trunc('second', now()));
  -- What the digests are of, so that nobody signs what they cannot look at.
  perform test.equal('sha256:' || encode(sha256(convert_to(v_said ->> 'payload', 'UTF8')), 'hex'), v_parts ->> 'payload');
  perform test.equal(v_said #>> '{keys,0,key}', dot.fn_ssh_fingerprint(test.key_blob('ann')));
  perform test.raises('DT400', format('select dot.fn_proposal_statement(%L)', v_proposal), 'a decision needs a rationale');
  perform test.raises('DT400', format('select dot.fn_proposal_statement(%L, ''yes'', ''x'')', v_proposal));
  perform test.raises('DT404', 'select dot.fn_proposal_statement(gen_random_uuid())');
end
$$;

do $$
declare
  v_proposal uuid := test.tag_proposal();
  v_proposer text := (select lower(proposer_id) from dot.proposal where proposal_id = v_proposal);
begin
  perform test.equal(dot.fn_proposal_own(v_proposal), array[v_proposer, 'login ' || session_user]);
  insert into dot.proposal_revision (proposal_id, revision, payload, payload_digest, base, base_digest, evidence, approval_id, editor_id, editor_kind, editor_principal, editor_verified, made_at)
  select proposal_id, 2, payload, payload_digest, base, base_digest, evidence, gen_random_uuid(), 'Eve', 'agent', 'fay', true, made_at from dot.proposal_revision where proposal_id = v_proposal;
  perform test.equal(dot.fn_proposal_own(v_proposal), (select array_agg(w order by w) from unnest(array[v_proposer, 'eve', 'fay', 'login ' || session_user]) w));
  perform test.equal(dot.fn_proposal_own(gen_random_uuid()), '{}'::text[]);
end
$$;

create or replace function dot.fn_review_proof(p_run uuid) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('proposal', p.proposal_id,
           -- Whole, or not at all: part of it has another digest.
           'payload', case when dot.fn_proposal_visible(p.proposed_action_jsonb) = p.proposed_action_jsonb then p.proposed_action_jsonb::text end,
           'decisions', jsonb_agg(jsonb_build_object('decision', d.review_decision_id, 'reviewer', d.reviewer_id, 'key', s.fingerprint, 'statement', s.statement,
             'signature', s.signature, 'public_key', k.public_key) order by d.decision_no))
    from dot.review_decision_use u
    join dot.review_decision d on d.review_decision_id = u.review_decision_id
    join dot.proposal p on p.proposal_id = d.proposal_id and p.applied_run_id = u.run_id
    join dot.review_signature s on s.review_decision_id = d.review_decision_id
    join dot.dot_actor_key k on k.fingerprint = s.fingerprint
   where u.run_id = p_run
   group by p.proposal_id
$$;
comment on function dot.fn_review_proof(uuid) is
  'What a proof of a run says of the signed decisions that carried it: {proposal, payload: its text, decisions: [{decision, reviewer, key, statement, signature, public_key}]}, nothing that is not signed or sealed. Null where none was signed.';

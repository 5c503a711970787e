create or replace function dot.fn_review_signatures(p_proposal uuid default null, p_after bigint default 0, p_limit int default 1000)
returns table (no bigint, decision uuid, proposal uuid, run_id uuid, reviewer text, verdict text, decided_at timestamptz, used_by uuid, signed boolean, counts boolean, problem text, key text, statement text, signature text, public_key text, allowed_signer text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with judged as materialized (
    select dot.fn_proposal_judge(p.proposal_id) -> 'decisions' as decisions from dot.proposal p where p.proposal_id = p_proposal
  )
  select d.decision_no, d.review_decision_id, d.proposal_id, d.run_id, d.reviewer_id, d.verdict, d.decided_at, u.run_id,
         s.review_decision_id is not null, coalesce((select j.decisions ? d.review_decision_id::text from judged j), false), case when s.review_decision_id is not null then dot.fn_review_unsigned(d.review_decision_id) end,
         s.fingerprint, s.statement, s.signature, k.public_key, l.allowed_signer
    from dot.review_decision d
    left join dot.review_signature s on s.review_decision_id = d.review_decision_id
    left join dot.dot_actor_key k on k.fingerprint = s.fingerprint
    left join dot.review_decision_use u on u.review_decision_id = d.review_decision_id
    left join lateral dot.fn_actor_key_list(null, s.fingerprint) l on s.fingerprint is not null
   where d.decision_no > p_after and (d.proposal_id = p_proposal or p_proposal is null and s.review_decision_id is not null)
   order by d.decision_no limit p_limit
$$;
comment on function dot.fn_review_signatures(uuid, bigint, int) is
  'The decisions on a proposal, signed or not, or all signed ones, by their numbers after p_after: what was signed, by which key, which run they were used by, whether one on p_proposal counts there now, and problem: why it does not count as signed by what the database can tell (fn_review_unsigned).';

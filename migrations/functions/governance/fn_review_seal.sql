create or replace function dot.fn_review_seal(p_run uuid, p_decisions uuid[]) returns void
language sql volatile security definer set search_path = dot, pg_temp
as $$
  update dot.dot_command_run r
     set effects = coalesce(r.effects, '{}') || jsonb_build_object('signatures', s.signatures)
    from (select jsonb_agg(jsonb_build_object('decision', d.review_decision_id, 'reviewer', d.reviewer_id, 'key', n.fingerprint,
                   'statement', encode(sha256(convert_to(n.statement, 'UTF8')), 'hex')) order by d.decision_no) as signatures
            from dot.review_decision d join dot.review_signature n on n.review_decision_id = d.review_decision_id
           where d.review_decision_id = any (p_decisions)) s
   where r.run_id = p_run and r.state = 'started' and s.signatures is not null
$$;
comment on function dot.fn_review_seal(uuid, uuid[]) is
  'Has a run that is going on tell, in its sealed text, of the signed decisions that it carries out: effects gets signatures [{decision, reviewer, key, statement: the sha-256 (hex) of its text}].';

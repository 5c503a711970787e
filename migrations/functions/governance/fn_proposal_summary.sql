create or replace function dot.fn_proposal_summary(p_proposal uuid) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('proposal', p.proposal_id, 'kind', p.proposal_kind, 'title', p.title, 'state', j.judged -> 'state', 'revision', p.revision,
           'risk', p.risk, 'policy', p.policy_code, 'missing', j.judged -> 'missing', 'expires_at', p.expires_at,
           'payload_digest', p.payload_digest, 'base_digest', p.base_digest, 'next', dot.fn_proposal_next(p_proposal, j.judged))
    from dot.proposal p, lateral (select dot.fn_proposal_judge(p.proposal_id) as judged) j where p.proposal_id = p_proposal
$$;
comment on function dot.fn_proposal_summary(uuid) is 'A proposal in a few lines, as the commands that change it return it.';

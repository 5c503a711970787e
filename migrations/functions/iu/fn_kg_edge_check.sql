create or replace function dot.fn_kg_edge_check(p_proposal uuid) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('ok', coalesce(case p.proposal_kind when 'kg_edge_add' then e.proposal_id else e.removed_by end = p_proposal, false),
           'proposal', p_proposal, 'edge', e.edge_id)
    from dot.proposal p left join dot.kg_edge e on e.edge_id = (p.outcome_jsonb ->> 'edge')::bigint
   where p.proposal_id = p_proposal
$$;
comment on function dot.fn_kg_edge_check(uuid) is 'Whether the edge that a proposal added or removed says so: {ok, proposal, edge}.';

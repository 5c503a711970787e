create or replace function dot.fn_kg_edge_now(p_payload jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('edge', e.edge_id, 'proposal', e.proposal_id, 'added_at', e.added_at)
    from dot.kg_edge e
   where e.from_unit_id = (p_payload ->> 'from_unit')::uuid and e.relation = p_payload ->> 'relation' and e.to_unit_id = (p_payload ->> 'to_unit')::uuid
     and e.removed_at is null
$$;
comment on function dot.fn_kg_edge_now(jsonb) is 'The edge {from_unit, relation, to_unit} of the knowledge graph as it is: {edge, proposal, added_at}; null when there is none.';

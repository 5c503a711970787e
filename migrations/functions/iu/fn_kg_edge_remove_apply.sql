create or replace function dot.fn_kg_edge_remove_apply(p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_edge bigint := (dot.fn_kg_edge_now(p_payload) ->> 'edge')::bigint;
begin
  update dot.kg_edge set removed_by = dot.fn_proposal_current(), removed_at = dot.fn_clock_now() where edge_id = v_edge;
  return jsonb_build_object('edge', v_edge, 'present', false);
end
$$;
comment on function dot.fn_kg_edge_remove_apply(jsonb) is 'Removes the edge of an approved proposal; its row stays and says by what. Returns {edge, present: false}.';

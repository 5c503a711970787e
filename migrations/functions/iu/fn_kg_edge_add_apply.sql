create or replace function dot.fn_kg_edge_add_apply(p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_edge bigint;
begin
  insert into dot.kg_edge (from_unit_id, relation, to_unit_id, proposal_id, added_at)
  values ((p_payload ->> 'from_unit')::uuid, p_payload ->> 'relation', (p_payload ->> 'to_unit')::uuid, dot.fn_proposal_current(), dot.fn_clock_now())
  returning edge_id into v_edge;
  return jsonb_build_object('edge', v_edge, 'present', true);
end
$$;
comment on function dot.fn_kg_edge_add_apply(jsonb) is 'Adds the edge of an approved proposal. Returns {edge, present: true}.';
create or replace trigger protect before update or delete on dot.kg_edge for each row execute function dot.fn_history_protect('removed_by', 'removed_at');
create or replace trigger protect_truncate before truncate on dot.kg_edge for each statement execute function dot.fn_history_protect();
alter table dot.kg_edge enable always trigger protect, enable always trigger protect_truncate;

create or replace function dot.fn_kg_edge_add_validate(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_gone text;
  v_edge jsonb := dot.fn_kg_edge_now(p_payload);
begin
  if v_edge is not null then
    return dot.fn_command_refusal('DT409', 'edge_exists', 'this edge already exists', format('dot iu edges %s', p_payload ->> 'from_unit'), v_edge);
  end if;
  select u into v_gone from unnest(array[p_payload ->> 'from_unit', p_payload ->> 'to_unit']) u
    join dot.information_unit i on i.unit_id = u::uuid where i.lifecycle_state <> 'active' limit 1;
  if found then
    return dot.fn_iu_not_active('unit ' || v_gone);
  end if;
  return dot.fn_kg_edge_validate(p_payload);
end
$$;
comment on function dot.fn_kg_edge_add_validate(jsonb) is 'Whether an edge may be added: fn_kg_edge_validate, and a refusal (DT409) when it is there or one of its units is no longer active.';

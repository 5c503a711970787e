create or replace function dot.fn_kg_edge_remove_validate(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_valid jsonb := dot.fn_kg_edge_validate(p_payload);
begin
  if v_valid #> '{base,edge}' = 'null' then
    raise exception using errcode = 'DT404', message = 'there is no such edge', hint = format('dot iu edges %s', p_payload ->> 'from_unit');
  end if;
  return v_valid;
end
$$;
comment on function dot.fn_kg_edge_remove_validate(jsonb) is 'Whether an edge may be removed: fn_kg_edge_validate. DT404 when it is not there.';

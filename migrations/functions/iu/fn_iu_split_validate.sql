create or replace function dot.fn_iu_split_validate(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_operation jsonb := dot.fn_iu_operation_split((p_payload ->> 'unit')::uuid, array(select jsonb_array_elements_text(p_payload -> 'at')::int));
begin
  if v_operation is null then
    return dot.fn_iu_not_active('unit ' || (p_payload ->> 'unit'));
  end if;
  return jsonb_build_object('base', v_operation, 'refs', jsonb_build_array(jsonb_build_object('unit', v_operation -> 'unit')));
end
$$;
comment on function dot.fn_iu_split_validate(jsonb) is
  'The base of a proposed split: the exact operation on the unit versions as they are now, as fn_iu_operation_split. Returns {base, refs}; a refusal (DT409) when a unit is not active. Errors as fn_iu_operation_split.';

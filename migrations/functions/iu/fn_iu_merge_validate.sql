create or replace function dot.fn_iu_merge_validate(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_operation jsonb := dot.fn_iu_operation_merge(array(select jsonb_array_elements_text(p_payload -> 'units')::uuid));
begin
  if v_operation is null then
    return dot.fn_iu_not_active('one of the units');
  end if;
  return jsonb_build_object('base', v_operation, 'refs', (select jsonb_agg(jsonb_build_object('unit', u -> 'unit')) from jsonb_array_elements(v_operation -> 'units') u));
end
$$;
comment on function dot.fn_iu_merge_validate(jsonb) is
  'The base of a proposed merge: the exact operation on the unit versions as they are now, as fn_iu_operation_merge. Returns {base, refs}; a refusal (DT409) when a unit is not active. Errors as fn_iu_operation_merge.';

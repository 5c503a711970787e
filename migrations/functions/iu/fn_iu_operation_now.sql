create or replace function dot.fn_iu_operation_now(p_kind text, p_operation jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  return case p_kind
    when 'iu_split' then dot.fn_iu_operation_split((p_operation ->> 'unit')::uuid,
      array(select jsonb_array_elements_text(p_operation -> 'cut_points')::int))
    when 'iu_merge' then dot.fn_iu_operation_merge(array(
      select (e.u ->> 'unit')::uuid from jsonb_array_elements(p_operation -> 'units') with ordinality as e(u, no) order by e.no))
    when 'iu_revert' then dot.fn_iu_operation_revert((p_operation ->> 'decision')::uuid) end;
exception
  when data_exception or sqlstate 'DT400' or sqlstate 'DT404' then
    return null;
end
$$;
comment on function dot.fn_iu_operation_now(text, jsonb) is
  'The operation that an operation object asks for, prepared anew on the units as they are now. Null when it cannot be done at all.';

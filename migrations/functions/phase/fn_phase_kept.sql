create or replace function dot.fn_phase_kept(p_checks jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_check  jsonb;
  v_answer jsonb;
  v_row    jsonb;
  v_error  text;
  v_done   jsonb := '[]'::jsonb;
begin
  for v_check in select c from jsonb_array_elements(p_checks) with ordinality as x(c, n) order by n loop
    v_answer := dot.fn_phase_ask(v_check ->> 'query');
    v_row := v_answer #> '{rows,0}';
    v_error := coalesce(v_answer ->> 'error',
      case when jsonb_array_length(v_answer -> 'rows') <> 1 then format('it gave %s rows, not one', jsonb_array_length(v_answer -> 'rows'))
        when jsonb_typeof(v_row -> 'kept') is distinct from 'boolean' then 'its column kept is neither true nor false' end);
    v_done := dot.fn_phase_check(v_done, v_check ->> 'promise', v_error is null and v_row -> 'kept' = 'true',
      case when v_error is null then nullif(v_row - 'kept', '{}') else jsonb_build_object('error', v_error, 'query', v_check ->> 'query') end);
  end loop;
  return v_done;
end
$$;
comment on function dot.fn_phase_kept(jsonb) is
  'Asks each of [{promise, query}]: the query gives one row, whose column kept is true; its other columns are the evidence. Any other answer is not kept, with the error and the query. Returns [{promise, kept, evidence}].';

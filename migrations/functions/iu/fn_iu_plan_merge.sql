create or replace function dot.fn_iu_plan_merge(p_units uuid[]) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_operation jsonb := dot.fn_iu_operation_merge(p_units);
begin
  if v_operation is null then
    return dot.fn_iu_not_active('one of the units');
  end if;
  return jsonb_build_object('ok', true, 'operation', v_operation, 'operation_digest', dot.fn_proposal_digest(v_operation), 'preview', (
    select jsonb_build_object('units', count(*), 'bytes', sum(p.span_bytes), 'path', (array_agg(p.path order by p.span_start))[1],
             'titles', jsonb_agg(p.title order by p.span_start))
      from dot.fn_iu_place(p_units) p));
end
$$;
comment on function dot.fn_iu_plan_merge(uuid[]) is
  'What a merge would do, and the exact operation that an approval of it is bound to: {ok, operation, operation_digest, preview}. A refusal (DT409) when a unit is not active; DT404 and DT400 as fn_iu_operation_merge.';

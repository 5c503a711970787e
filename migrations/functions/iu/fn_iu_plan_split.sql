create or replace function dot.fn_iu_plan_split(p_unit uuid, p_at int[]) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_operation jsonb := dot.fn_iu_operation_split(p_unit, p_at);
  v_body      bytea;
begin
  if v_operation is null then
    return dot.fn_iu_not_active('unit ' || p_unit);
  end if;
  select convert_to(v.body, 'UTF8') into v_body from dot.iu_version v where v.version_id = (v_operation ->> 'version')::uuid;
  return jsonb_build_object('ok', true, 'operation', v_operation, 'operation_digest', dot.fn_proposal_digest(v_operation), 'preview', (
    select jsonb_agg(jsonb_build_object('part', s.no, 'bytes', s.until - s.since,
             'begins', left(convert_from(substring(v_body from s.since + 1 for s.until - s.since), 'UTF8'), 60)) order by s.no)
      from (select no, point as since, lead(point, 1, octet_length(v_body)) over (order by no) as until
              from unnest(0 || p_at) with ordinality as u(point, no)) s));
end
$$;
comment on function dot.fn_iu_plan_split(uuid, int[]) is
  'What a split would do, and the exact operation that an approval of it is bound to: {ok, operation, operation_digest, preview: [{part, bytes, begins}]}. A refusal (DT409) when the unit is not active; DT404 and DT400 as fn_iu_operation_split.';

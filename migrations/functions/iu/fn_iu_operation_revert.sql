create or replace function dot.fn_iu_operation_revert(p_decision uuid) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_result jsonb;
  v_kind   text;
  v_units  jsonb;
begin
  select u.result, d.review_kind into v_result, v_kind
    from dot.review_decision_use u join dot.review_decision d using (review_decision_id) where u.review_decision_id = p_decision;
  if not found or v_kind = 'iu_revert' then
    raise exception using errcode = 'DT404', message = format('decision %s is no split or merge that was carried out', p_decision),
      hint = 'dot review list --state spent';
  end if;
  -- Only what the split or merge made, unchanged since, can be taken back.
  select jsonb_agg(jsonb_build_object('unit', p.unit_id, 'version', p.version_id, 'digest', p.digest) order by r.no)
    into v_units
    from jsonb_array_elements(v_result -> 'after') with ordinality as r(item, no)
    left join lateral dot.fn_iu_place(array[(r.item ->> 'unit')::uuid]) p on p.version_id = (r.item ->> 'version')::uuid;
  if v_units @? '$[*] ? (@.unit == null)' then
    return null;
  end if;
  return jsonb_build_object('kind', 'iu_revert', 'decision', p_decision, 'units', v_units);
end
$$;
comment on function dot.fn_iu_operation_revert(uuid) is
  'The exact operation of taking back the split or merge that a decision allowed: {kind, decision, units: [{unit, version, digest}]}, the units being what it made. Null when one of those has changed since. DT404 when the decision is no split or merge that was carried out.';

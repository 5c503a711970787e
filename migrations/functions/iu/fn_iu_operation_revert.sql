create or replace function dot.fn_iu_operation_revert(p_proposal uuid) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_result jsonb;
  v_kind   text;
  v_units  jsonb;
begin
  select p.outcome_jsonb, p.proposal_kind into v_result, v_kind from dot.proposal p where p.proposal_id = p_proposal and p.proposal_state = 'merged';
  if not found or v_kind not in ('iu_split', 'iu_merge') then
    raise exception using errcode = 'DT404', message = format('proposal %s is no split or merge that was carried out', p_proposal),
      hint = 'dot proposal list --state merged';
  end if;
  -- Only what the split or merge made, unchanged since, can be taken back.
  select jsonb_agg(jsonb_build_object('unit', p.unit_id, 'version', p.version_id, 'digest', p.digest) order by r.no)
    into v_units
    from jsonb_array_elements(v_result -> 'after') with ordinality as r(item, no)
    left join lateral dot.fn_iu_place(array[(r.item ->> 'unit')::uuid]) p on p.version_id = (r.item ->> 'version')::uuid;
  if v_units @? '$[*] ? (@.unit == null)' then
    return null;
  end if;
  return jsonb_build_object('kind', 'iu_revert', 'undo', p_proposal, 'units', v_units);
end
$$;
comment on function dot.fn_iu_operation_revert(uuid) is
  'The exact operation of taking back the split or merge of a proposal: {kind, undo, units: [{unit, version, digest}]}, the units being what it made. Null when one of those has changed since. DT404 when the proposal is no split or merge that was carried out.';

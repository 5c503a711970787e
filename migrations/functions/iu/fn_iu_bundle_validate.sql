create or replace function dot.fn_iu_bundle_validate(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_units uuid[] := array(select jsonb_array_elements_text(p_payload -> 'units')::uuid);
begin
  if v_units = '{}' then
    raise exception using errcode = 'DT400', message = 'a bundle must have at least one unit', hint = 'dot iu list';
  end if;
  perform dot.fn_iu_require_current(v_units);
  return jsonb_build_object('base', jsonb_build_object('bundle', dot.fn_iu_bundle_now(p_payload ->> 'bundle'),
      'versions', (select jsonb_agg(dot.fn_iu_newest(u) order by n) from unnest(v_units) with ordinality x(u, n))),
    'refs', jsonb_build_array(jsonb_build_object('bundle', p_payload -> 'bundle')) || (select jsonb_agg(jsonb_build_object('unit', u)) from unnest(v_units) u));
end
$$;
comment on function dot.fn_iu_bundle_validate(jsonb) is
  'What a proposed bundle is made on: {base: {bundle: as it is now, or null, versions: of its units}, refs: it and its units}. DT404 for a unit that is not current, DT400 for none at all.';

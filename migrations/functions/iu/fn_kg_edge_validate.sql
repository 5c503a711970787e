create or replace function dot.fn_kg_edge_validate(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_missing text;
begin
  if p_payload ->> 'relation' !~ '^[a-z][a-z0-9_]*$' then
    raise exception using errcode = 'DT400', message = format('unknown relation %L', p_payload ->> 'relation'), hint = 'A word such as refers_to: lower-case letters, digits and underscores.';
  end if;
  if p_payload ->> 'from_unit' = p_payload ->> 'to_unit' then
    raise exception using errcode = 'DT400', message = 'an edge must join two different units';
  end if;
  select u into v_missing from unnest(array[p_payload ->> 'from_unit', p_payload ->> 'to_unit']) u
   where not exists (select 1 from dot.information_unit i where i.unit_id = u::uuid) limit 1;
  if v_missing is not null then
    raise exception using errcode = 'DT404', message = format('there is no unit %s', v_missing), hint = 'dot iu list, dot iu search WORDS';
  end if;
  return jsonb_build_object('base', jsonb_build_object('edge', dot.fn_kg_edge_now(p_payload),
      'units', (select jsonb_agg(jsonb_build_object('unit', u, 'state', i.lifecycle_state, 'version', dot.fn_iu_newest(u::uuid)) order by u)
                  from unnest(array[p_payload ->> 'from_unit', p_payload ->> 'to_unit']) u join dot.information_unit i on i.unit_id = u::uuid)),
    'refs', jsonb_build_array(jsonb_build_object('unit', p_payload -> 'from_unit'), jsonb_build_object('unit', p_payload -> 'to_unit')));
end
$$;
comment on function dot.fn_kg_edge_validate(jsonb) is
  'What a proposal about an edge {from_unit, relation, to_unit} is made on: {base: {edge: as it is, or null, units: [{unit, state, version}]}, refs}. DT404 for an unknown unit, DT400 for what is no relation and for a unit with itself.';

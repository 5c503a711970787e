create or replace function dot.fn_iu_bundle_apply(p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_units uuid[] := array(select jsonb_array_elements_text(p_payload -> 'units')::uuid);
begin
  perform dot.fn_iu_require_current(v_units);
  return dot.fn_iu_collection_write(p_payload ->> 'bundle', p_payload ->> 'title', null, v_units, false)
    || jsonb_build_object('members', p_payload -> 'units');
end
$$;
comment on function dot.fn_iu_bundle_apply(jsonb) is
  'Gives a bundle the units of an approved proposal. Returns {collection, collection_id, revision, units, pinned, members}. DT404 for a unit that is no longer current.';

create or replace function dot.fn_iu_bundle_now(p_bundle text) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('bundle', c.collection_code, 'title', c.title, 'revision', c.revision,
           'units', (select coalesce(jsonb_agg(m.unit_id order by m.ordinal), '[]') from dot.iu_piece_membership m where m.collection_id = c.collection_id))
    from dot.iu_piece_collection c where c.collection_code = p_bundle
$$;
comment on function dot.fn_iu_bundle_now(text) is 'A bundle, which is a collection, as it is now: {bundle, title, revision, units}; null when there is none.';

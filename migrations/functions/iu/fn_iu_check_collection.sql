create or replace function dot.fn_iu_check_collection(p_collection text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_id      uuid := (select collection_id from dot.iu_piece_collection where collection_code = p_collection);
  v_gaps    boolean;
  v_lost    bigint;
  v_members bigint;
begin
  if v_id is null then
    return jsonb_build_object('ok', false, 'collection', p_collection, 'problem', 'there is no such collection');
  end if;
  select count(*), coalesce(max(m.ordinal), 0) <> count(*), count(*) filter (where v.version_id is null or v.unit_id <> m.unit_id)
    into v_members, v_gaps, v_lost
    from dot.iu_piece_membership m left join dot.iu_version v using (version_id) where m.collection_id = v_id;
  return jsonb_build_object('ok', v_members > 0 and not v_gaps and v_lost = 0, 'collection', p_collection, 'units', v_members,
    'gaps', v_gaps, 'without_version', v_lost);
end
$$;
comment on function dot.fn_iu_check_collection(text) is
  'Whether a collection exists, has members numbered without gap, and each member''s version is one of its unit: {ok, collection, units, gaps, without_version}.';

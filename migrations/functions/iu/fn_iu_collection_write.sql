create or replace function dot.fn_iu_collection_write(p_collection text, p_title text, p_template text, p_units uuid[], p_pin boolean) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_id       uuid;
  v_revision int;
begin
  insert into dot.iu_piece_collection as c (
    collection_id, collection_code, title, template_code, created_by, run_id, created_at, updated_at)
  values (dot.fn_uuid_v7(), p_collection, coalesce(p_title, p_collection), p_template, (dot.fn_actor_current()).actor_id,
          dot.fn_run_current(), dot.fn_clock_now(), dot.fn_clock_now())
  on conflict (collection_code) do update
    set title = coalesce(p_title, c.title), template_code = excluded.template_code, revision = c.revision + 1, run_id = excluded.run_id,
        updated_at = excluded.updated_at
  returning collection_id, revision into v_id, v_revision;
  delete from dot.iu_piece_membership where collection_id = v_id;
  insert into dot.iu_piece_membership (collection_id, ordinal, unit_id, version_id, pinned)
  select v_id, m.no, p.unit_id, p.version_id, p_pin
    from unnest(p_units) with ordinality as m(id, no) join dot.fn_iu_place(p_units) p on p.unit_id = m.id;
  return jsonb_build_object('collection', p_collection, 'collection_id', v_id, 'revision', v_revision, 'units', cardinality(p_units), 'pinned', p_pin);
end
$$;
comment on function dot.fn_iu_collection_write(text, text, text, uuid[], boolean) is
  'Writes a collection, new or anew, of units that have been found current, in the order given. Returns {collection, collection_id, revision, units, pinned}.';

create or replace function dot.fn_iu_compose(
  p_collection text, p_title text default null, p_template text default null, p_document text default null,
  p_units uuid[] default null, p_pin boolean default false)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('iu compose', jsonb_build_object('collection', p_collection, 'title', p_title,
    'template', p_template, 'document', p_document, 'units', p_units, 'pin', p_pin));
  v_template dot.iu_collection_template;
  v_actor    text := (dot.fn_actor_current()).actor_id;
  v_run      uuid;
  v_id       uuid;
  v_members  uuid[];
  v_missing  uuid;
  v_revision int;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_run := nullif(current_setting('dot.run_id', true), '')::uuid;
  if (p_template is null) = (p_units is null) then
    raise exception using errcode = 'DT400', message = 'a collection is composed from a template or from units, and from one of them only',
      hint = 'dot iu compose NAME --template TEMPLATE [--document NAME], or --unit UNIT …';
  end if;
  if p_collection !~ '^[a-z0-9]+(-[a-z0-9]+)*$' then
    raise exception using errcode = 'DT400', message = format('%L is not a name for a collection', p_collection),
      hint = 'Lower-case letters and digits, joined by single dashes.';
  end if;
  if p_template is null then
    v_members := p_units;
  else
    select * into v_template from dot.iu_collection_template where template_code = p_template and status <> 'archived';
    if not found then
      raise exception using errcode = 'DT404', message = format('there is no template %s', p_template), hint = 'dot iu templates';
    end if;
    v_members := dot.fn_iu_select(v_template.selectors, p_document);
  end if;
  select u.id into v_missing from unnest(v_members) u(id) where not exists (select 1 from dot.fn_iu_place(array[u.id])) limit 1;
  if found then
    raise exception using errcode = 'DT404', message = format('unit %s is not in the current version of a document', v_missing), hint = 'dot iu list';
  end if;
  if coalesce(cardinality(v_members), 0) = 0 then
    return dot.fn_command_refusal('DT409', 'nothing_selected', 'no unit is selected', 'dot iu list shows what there is to select from.');
  end if;

  insert into dot.iu_piece_collection as c (
    collection_id, collection_code, title, template_code, created_by, run_id, created_at, updated_at)
  values (dot.fn_uuid_v7(), p_collection, coalesce(p_title, v_template.title, p_collection), p_template, v_actor, v_run,
          dot.fn_clock_now(), dot.fn_clock_now())
  on conflict (collection_code) do update
    set title = coalesce(p_title, c.title), template_code = excluded.template_code, revision = c.revision + 1, run_id = v_run,
        updated_at = excluded.updated_at
  returning collection_id, revision into v_id, v_revision;
  delete from dot.iu_piece_membership where collection_id = v_id;
  insert into dot.iu_piece_membership (collection_id, ordinal, unit_id, version_id, pinned)
  select v_id, m.no, p.unit_id, p.version_id, p_pin
    from unnest(v_members) with ordinality as m(id, no) join dot.fn_iu_place(v_members) p on p.unit_id = m.id;
  return jsonb_build_object('collection', p_collection, 'collection_id', v_id, 'revision', v_revision, 'units', cardinality(v_members), 'pinned', p_pin);
end
$$;
comment on function dot.fn_iu_compose(text, text, text, text, uuid[], boolean) is
  'Composes a collection, new or anew, from a template (with p_document for its $document) or from units in the order given. p_pin binds each member to the version that is current now. Returns {collection, collection_id, revision, units, pinned}. A refusal (DT409) when nothing is selected; DT404 for an unknown template or a unit that is not current, DT400 for a bad name or both or neither source.';

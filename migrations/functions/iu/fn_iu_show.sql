create or replace function dot.fn_iu_show(p_unit uuid, p_version int default null) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_unit    dot.information_unit;
  v_version dot.iu_version;
  v_place   record;
  v_result  jsonb;
begin
  -- A version's own id, as pins hold it, finds the unit as well.
  select u.* into v_unit from dot.information_unit u
   where u.unit_id = coalesce((select v.unit_id from dot.iu_version v where v.version_id = p_unit), p_unit);
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no unit %s', p_unit), hint = 'dot iu list, dot iu search WORDS';
  end if;
  select * into v_place from dot.fn_iu_place(array[v_unit.unit_id]);
  select * into v_version from dot.iu_version v
   where v.unit_id = v_unit.unit_id
     and case when p_version is not null then v.version_no = p_version
              when p_unit <> v_unit.unit_id then v.version_id = p_unit
              else v_place.version_id is null or v.version_id = v_place.version_id end
   order by v.version_no desc limit 1;
  if not found then
    raise exception using errcode = 'DT404', message = format('unit %s has no version %s', v_unit.unit_id, p_version),
      hint = format('dot iu history %s', v_unit.unit_id);
  end if;
  select jsonb_build_object(
           'unit', v_unit.unit_id, 'version', v_version.version_no, 'version_id', v_version.version_id,
           'current', v_version.version_id is not distinct from v_place.version_id,
           'document', d.name, 'kind', v_unit.unit_kind, 'state', v_unit.lifecycle_state, 'title', v_version.title, 'level', v_version.level,
           'path', v_place.path, 'bytes', v_version.bytes, 'digest', v_version.digest, 'created_at', v_version.created_at,
           'tags', (select coalesce(jsonb_agg(m.tag_code order by m.tag_code), '[]') from dot.iu_metadata_tag m where m.unit_id = v_unit.unit_id),
           'links', (select coalesce(jsonb_agg(jsonb_build_object('kind', l.link_kind, 'target', l.target) order by l.link_kind, l.target), '[]')
                       from dot.iu_sql_link l where l.unit_id = v_unit.unit_id),
           'envelope', (select to_jsonb(e) - 'version_id' - 'digest' from dot.iu_three_axis_envelope e where e.version_id = v_version.version_id),
           'body', v_version.body)
    into v_result from dot.iu_document d where d.document_id = v_unit.document_id;
  return v_result;
end
$$;
comment on function dot.fn_iu_show(uuid, int) is
  'One unit, by its id or the id of one of its versions, with its current or the given version: {unit, version, document, path, state, tags, links, envelope, body, …}. path is null for a unit that is not in the current document. DT404 when there is none.';

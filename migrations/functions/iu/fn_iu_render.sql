create or replace function dot.fn_iu_render(p_target text, p_version int default null) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on set work_mem = '64MB'
as $$
declare
  v_version    uuid;
  v_collection dot.iu_piece_collection;
  v_text       text;
  v_units      int;
  v_source     text;
begin
  if exists (select 1 from dot.iu_document where name = p_target) then
    v_version := dot.fn_iu_document_version(p_target, p_version);
    select d.digest into v_source from dot.iu_document_version d where d.document_version_id = v_version;
    select string_agg(v.body, '' order by t.span_start), count(*) into v_text, v_units
      from dot.iu_tree_path t join dot.iu_version v using (version_id)
     where t.document_version_id = v_version and t.active;
    return jsonb_build_object('kind', 'document', 'name', p_target, 'units', v_units, 'bytes', octet_length(v_text),
      'digest', encode(sha256(convert_to(v_text, 'UTF8')), 'hex'),
      'exact', v_source = encode(sha256(convert_to(v_text, 'UTF8')), 'hex'), 'text', v_text);
  end if;
  select * into v_collection from dot.iu_piece_collection where collection_code = p_target or collection_id::text = p_target;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no document and no collection %s', p_target),
      hint = 'dot document list, dot iu collections';
  end if;
  if p_version is not null then
    raise exception using errcode = 'DT400', message = 'a collection has no versions to choose from',
      hint = 'Pin its members instead: dot iu compose … --pin';
  end if;
  with member as (
    select m.ordinal, v.body, t.document_version_id, t.span_start, t.span_start + t.span_bytes as span_end
      from dot.iu_piece_membership m
      left join dot.fn_iu_place(array(select unit_id from dot.iu_piece_membership where collection_id = v_collection.collection_id)) p
        on p.unit_id = m.unit_id and not m.pinned
      join dot.iu_version v on v.version_id = coalesce(p.version_id, m.version_id)
      left join dot.iu_tree_path t on t.document_version_id = coalesce(p.document_version_id, v.document_version_id) and t.unit_id = v.unit_id
     where m.collection_id = v_collection.collection_id
  ), joined as (
    -- Neighbours in one document join as they stood there; others begin on a line of their own.
    select m.ordinal, m.body,
           case when lag(m.body) over w is null
                  or (lag(m.document_version_id) over w = m.document_version_id and lag(m.span_end) over w = m.span_start)
                  or right(lag(m.body) over w, 1) = e'\n' then '' else e'\n' end as separator
      from member m window w as (order by m.ordinal)
  )
  select string_agg(j.separator || j.body, '' order by j.ordinal), count(*) into v_text, v_units from joined j;
  return jsonb_build_object('kind', 'collection', 'name', v_collection.collection_code, 'units', v_units, 'bytes', octet_length(coalesce(v_text, '')),
    'digest', encode(sha256(convert_to(coalesce(v_text, ''), 'UTF8')), 'hex'), 'exact', null, 'text', coalesce(v_text, ''));
end
$$;
comment on function dot.fn_iu_render(text, int) is
  'The Markdown of a document (its current or the given version; exact says whether it is byte for byte the source) or of a collection: {kind, name, units, bytes, digest, exact, text}. DT404 when the target is neither, DT400 for a version of a collection.';

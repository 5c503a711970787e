create or replace function dot.fn_document_show(p_document text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_result jsonb;
begin
  select jsonb_build_object('document', d.name, 'document_id', d.document_id, 'created_at', d.created_at, 'archived_at', d.archived_at,
           'current', (select v.version_no from dot.iu_document_version v where v.document_version_id = d.current_version_id),
           'versions', (
             select jsonb_agg(jsonb_build_object('version', v.version_no, 'digest', v.digest, 'bytes', v.bytes, 'imported_at', v.created_at,
                      'cut', c.cut_request_id, 'state', c.state, 'pieces', c.pieces) || c.report order by v.version_no)
               from dot.iu_document_version v join dot.cut_request c using (document_version_id) where v.document_id = d.document_id))
    into v_result from dot.iu_document d where d.name = p_document;
  if v_result is null then
    raise exception using errcode = 'DT404', message = format('there is no document %s', p_document), hint = 'dot document list';
  end if;
  return v_result;
end
$$;
comment on function dot.fn_document_show(text) is
  'One document with its versions, their cut requests and what each changed: {document, document_id, archived_at, current, versions: [{version, digest, bytes, cut, state, pieces, added, …}]}. DT404 when there is none.';

create or replace function dot.fn_iu_document_version(p_document text, p_version int) returns uuid
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_document dot.iu_document;
  v_found    uuid;
begin
  select * into v_document from dot.iu_document where name = p_document;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no document %s', p_document), hint = 'dot document list';
  end if;
  if p_version is null then
    v_found := v_document.current_version_id;
  else
    select v.document_version_id into v_found
      from dot.iu_document_version v join dot.cut_request c using (document_version_id)
     where v.document_id = v_document.document_id and v.version_no = p_version and c.state = 'completed';
  end if;
  if v_found is null then
    raise exception using errcode = 'DT404',
      message = case when p_version is null and v_document.archived_at is not null then format('%s is archived', p_document) when p_version is null then format('%s has been staged, but not cut', p_document)
                     else format('%s has no completed version %s', p_document, p_version) end,
      hint = case when v_document.archived_at is not null and p_version is null then format('dot document restore %s', p_document) else format('dot document show %s', p_document) end;
  end if;
  return v_found;
end
$$;
comment on function dot.fn_iu_document_version(text, int) is
  'The id of a document''s version: the given number, else the current one. DT404 when there is no such document or no such completed version.';

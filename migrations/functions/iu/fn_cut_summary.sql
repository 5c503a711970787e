create or replace function dot.fn_cut_summary(p_cut_request_id uuid) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('cuts', jsonb_build_array(c.cut_request_id), 'cut', c.cut_request_id, 'state', c.state, 'document', d.name,
           'version', v.version_no, 'bytes', v.bytes, 'pieces', c.pieces) || c.report
    from dot.cut_request c
    join dot.iu_document_version v using (document_version_id)
    join dot.iu_document d using (document_id)
   where c.cut_request_id = p_cut_request_id
$$;
comment on function dot.fn_cut_summary(uuid) is
  'A cut request as an object: {cut, cuts: [cut], state, document, version, bytes, pieces, added, changed, moved, unchanged, removed}. Null when there is none.';

create or replace function dot.fn_cut_open(p_document_id uuid) returns uuid
language sql stable security definer set search_path = dot, pg_temp
as $$
  select c.cut_request_id from dot.iu_document_version v join dot.cut_request c using (document_version_id)
   where v.document_id = p_document_id and c.state in ('cut', 'verified') limit 1
$$;
comment on function dot.fn_cut_open(uuid) is
  'The cut request of a document that is cut but not completed yet, if there is one. There is at most one, so that the version it was made on stays current until it is.';

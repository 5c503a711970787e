create or replace function dot.fn_document_restore(p_document text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('document restore', jsonb_build_object('document', p_document));
  v_document dot.iu_document;
  v_units    bigint;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  select * into v_document from dot.iu_document where name = p_document for update;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no document %s', p_document), hint = 'dot document list --archived';
  end if;
  v_units := dot.fn_document_revive(array[v_document.document_id], 'its document was restored');
  return jsonb_build_object('document', p_document, 'changed', v_document.archived_at is not null, 'units', v_units,
    'inverse', jsonb_build_object('document', p_document));
end
$$;
comment on function dot.fn_document_restore(text) is
  'Makes an archived document current again as it was, with the units that were active then. Returns {document, changed, units: how many are active again, inverse}; changed is false where it was not archived. DT404 when there is none.';

create or replace function dot.fn_cut_complete(p_cuts uuid[]) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set work_mem = '64MB' set enable_seqscan = off set jit = off
as $$
declare
  v_events    bigint[];
  v_versions  uuid[];
  v_documents uuid[];
  v_payloads  jsonb[];
  v_subjects  text[];
  v_keys      text[];
begin
  perform dot.fn_cut_move(p_cuts, 'completed');
  select array_agg(v.document_version_id), array_agg(v.document_id) into v_versions, v_documents
    from dot.cut_request c
   cross join lateral (select w.* from dot.iu_document_version w where w.document_version_id = c.document_version_id offset 0) v
   where c.cut_request_id = any (p_cuts);
  delete from dot.iu_staging_record where cut_request_id = any (p_cuts);
  delete from dot.iu_staged_document where document_version_id = any (v_versions);
  perform dot.fn_cut_retire(p_cuts);
  update dot.iu_document d set current_version_id = n.version_id
    from unnest(v_documents, v_versions) as n(document_id, version_id)
   where d.document_id = any (v_documents) and d.document_id = n.document_id;
  perform dot.fn_iu_index_small(p_cuts);
  select array_agg(jsonb_build_object(
           'cut_request_id', c.cut_request_id, 'document_id', v.document_id, 'document_version_id', v.document_version_id,
           'document', d.name, 'version_no', v.version_no, 'pieces', c.pieces) order by c.cut_request_id),
         array_agg(c.cut_request_id::text order by c.cut_request_id), array_agg(d.name order by c.cut_request_id)
    into v_payloads, v_subjects, v_keys
    from dot.cut_request c
   cross join lateral (select w.* from dot.iu_document_version w where w.document_version_id = c.document_version_id offset 0) v
   cross join lateral (select o.name from dot.iu_document o where o.document_id = v.document_id offset 0) d
   where c.cut_request_id = any (p_cuts);
  v_events := dot.fn_event_emit_many('{iu.cut.completed}', v_payloads, v_subjects, v_keys);
  return dot.fn_consumer_dispatch(v_events);
end
$$;
comment on function dot.fn_cut_complete(uuid[]) is
  'CLEANUP, and the end of a set of verified cuts: drops what was staged, makes the new document versions current, retires the units that are in them no longer, emits iu.cut.completed for each and delivers it. A consumer that fails does not fail the cut. Returns {delivered, failed} of the deliveries. DT409 for a request that is not verified.';

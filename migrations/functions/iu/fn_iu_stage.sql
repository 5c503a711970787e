create or replace function dot.fn_iu_stage(p_documents jsonb, p_bodies bytea, p_checked jsonb, p_now timestamptz, p_actor text, p_run uuid)
returns table (cut_id uuid)
language plpgsql volatile security definer set search_path = dot, pg_temp set work_mem = '64MB' set jit = off
  -- A plan made for these very documents would hold them as constants, and copy them with every step of planning.
  set plan_cache_mode = force_generic_plan
as $$
declare
  v_ids uuid[] := dot.fn_uuid_v7_many(2 * jsonb_array_length(p_checked));
begin
  return query
  with item as materialized (
    select (c ->> 'no')::bigint as no, (c ->> 'document')::uuid as document_id, (c ->> 'base')::uuid as base_id, c ->> 'digest' as digest,
           (c ->> 'bytes')::int as bytes, (c ->> 'pieces')::int as pieces, v_ids[2 * (c ->> 'no')::int - 1] as version_id,
           v_ids[2 * (c ->> 'no')::int] as cut_request_id
      from jsonb_array_elements(p_checked) c
     where c ->> 'verdict' in ('imported', 'changed')
  ), version as (
    insert into dot.iu_document_version (document_version_id, document_id, version_no, digest, bytes, base_version_id, created_at, run_id)
    select i.version_id, i.document_id,
           1 + coalesce((select max(v.version_no) from dot.iu_document_version v where v.document_id = i.document_id), 0),
           i.digest, i.bytes, i.base_id, p_now, p_run
      from item i
  ), text as (
    insert into dot.iu_staged_document (document_version_id, body, marks)
    select i.version_id,
           coalesce(d.doc ->> 'body', convert_from(substring(p_bodies from 1 + (d.doc ->> 'body_at')::int for i.bytes), 'UTF8')), d.doc -> 'marks'
      from item i join jsonb_array_elements(p_documents) with ordinality as d(doc, no) on d.no = i.no
  )
  insert into dot.cut_request (cut_request_id, document_version_id, pieces, run_id, requested_by, requested_at, updated_at)
  select i.cut_request_id, i.version_id, i.pieces, p_run, p_actor, p_now, p_now from item i
  returning cut_request_id;
end
$$;
comment on function dot.fn_iu_stage(jsonb, bytea, jsonb, timestamptz, text, uuid) is
  'Stores the text and marks of the documents that p_checked (of fn_iu_import) calls imported or changed, each as a new document version with a staged cut request. Returns the requests.';

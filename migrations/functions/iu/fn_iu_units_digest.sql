create or replace function dot.fn_iu_units_digest(p_document_versions uuid[] default null) returns table (document_version_id uuid, units bigint, digest text)
language sql stable security definer set search_path = dot, pg_temp set work_mem = '64MB' set jit = off
as $$
  with row (document_version_id, text) as (
    select t.document_version_id, jsonb_build_array('place', t.unit_id, t.version_id, t.path, t.depth, t.span_start, t.span_bytes, t.active, t.block)::text
      from dot.iu_tree_path t where p_document_versions is null or t.document_version_id = any (p_document_versions)
    union all
    select v.document_version_id, jsonb_build_array('version', v.version_id, v.unit_id, v.version_no, v.title, v.level, v.digest)::text
      from dot.iu_version v where p_document_versions is null or v.document_version_id = any (p_document_versions)
  )
  select r.document_version_id, count(*) filter (where r.text like '["place"%'), encode(sha256(convert_to(string_agg(r.text, e'\n' order by r.text collate "C"), 'UTF8')), 'hex')
    from row r group by r.document_version_id
$$;
comment on function dot.fn_iu_units_digest(uuid[]) is
  'What the units of these versions of documents (null: all) are: how many places they have, and the SHA-256 of all that says which unit stands where, with its title, level, path and text.';

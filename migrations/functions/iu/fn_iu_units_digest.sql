create or replace function dot.fn_iu_units_digest(p_document_versions uuid[] default null) returns table (document_version_id uuid, units bigint, digest text)
language sql stable security definer set search_path = dot, pg_temp set work_mem = '64MB' set jit = off
as $$
  with place (document_version_id, text) as (
    select t.document_version_id, jsonb_build_array(t.unit_id, t.version_id, t.path, t.depth, t.span_start, t.span_bytes, t.active, t.block, v.unit_id, v.version_no, v.title, v.level, v.digest)::text
      from dot.iu_tree_path t
      -- Each by its key, whatever is known of the size of the table.
      left join lateral (select x.* from dot.iu_version x where x.version_id = t.version_id offset 0) v on true
     where t.document_version_id = any (coalesce(p_document_versions, array(select d.document_version_id from dot.iu_document_version d)))
  )
  select p.document_version_id, count(*), encode(sha256(convert_to(string_agg(p.text, chr(10) order by p.text collate "C"), 'UTF8')), 'hex')
    from place p group by p.document_version_id
$$;
comment on function dot.fn_iu_units_digest(uuid[]) is
  'What the units of these versions of documents (null: all) are: how many places they have, and the SHA-256 of all that says which unit stands where, with its title, level, path and text.';

create or replace function dot.fn_document_list(p_archived boolean default false, p_after text default null, p_limit int default 100)
returns table (document text, version int, units bigint, bytes int, imported_at timestamptz, open_cuts bigint, archived_at timestamptz)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select d.name, v.version_no,
         (select count(*) from dot.iu_tree_path t where t.document_version_id = v.document_version_id and t.active),
         v.bytes, coalesce(v.created_at, d.created_at),
         (select count(*) from dot.iu_document_version x join dot.cut_request c using (document_version_id)
           where x.document_id = d.document_id and c.state not in ('completed', 'cancelled')),
         d.archived_at
    from dot.iu_document d left join dot.iu_document_version v on v.document_version_id = coalesce(d.current_version_id, d.archived_version_id)
   where (p_after is null or d.name > p_after) and (d.archived_at is not null) = p_archived
   order by d.name
   limit p_limit
$$;
comment on function dot.fn_document_list(boolean, text, int) is
  'The documents by name with their current version (null before the first cut is complete) and how many of their cuts are still open; or, with p_archived, those that are archived, with the version that was current then.';

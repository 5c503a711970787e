create or replace function dot.fn_iu_tree(p_document text, p_path text default null)
returns table (unit uuid, outline text, path text, lines text, bytes int, version int)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_version uuid := dot.fn_iu_document_version(p_document, null);
begin
  return query
  select t.unit_id, repeat('  ', t.depth - 1) || coalesce(nullif(v.title, ''), '(' || replace(u.unit_kind, '_', ' ') || ')'), t.path,
         t.line_start || '-' || t.line_end, t.span_bytes, v.version_no
    from dot.iu_tree_path t
    join dot.iu_version v on v.version_id = t.version_id
    join dot.information_unit u on u.unit_id = t.unit_id
   where t.document_version_id = v_version and t.active
     and (p_path is null or t.path = p_path or starts_with(t.path, p_path || '/'))
   order by t.span_start;
end
$$;
comment on function dot.fn_iu_tree(text, text) is
  'The heading tree of a document in order, or the part at and below p_path; outline is the title indented by depth. DT404 when there is no such document.';

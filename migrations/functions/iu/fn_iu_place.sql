create or replace function dot.fn_iu_place(p_units uuid[])
returns table (unit_id uuid, version_id uuid, document_id uuid, document_version_id uuid, span_start int, span_bytes int,
  line_start int, line_end int, path text, depth smallint, block jsonb, digest text, title text, level smallint)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select t.unit_id, t.version_id, d.document_id, t.document_version_id, t.span_start, t.span_bytes, t.line_start, t.line_end, t.path, t.depth,
         t.block, v.digest, v.title, v.level
    from dot.information_unit u
   cross join lateral (select o.* from dot.iu_document o where o.document_id = u.document_id offset 0) d
   cross join lateral (
     select p.* from dot.iu_tree_path p where p.document_version_id = d.current_version_id and p.unit_id = u.unit_id and p.active offset 0) t
   cross join lateral (select w.* from dot.iu_version w where w.version_id = t.version_id offset 0) v
   where u.unit_id = any (p_units)
$$;
comment on function dot.fn_iu_place(uuid[]) is
  'Where units stand now: their current version and place in the current version of their document. No row for a unit that is superseded or retired.';

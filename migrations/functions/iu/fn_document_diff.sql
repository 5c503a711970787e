create or replace function dot.fn_document_diff(p_document text, p_from int default null, p_to int default null)
returns table (change text, unit uuid, path text, was text, from_version int, to_version int)
language plpgsql stable security definer set search_path = dot, pg_temp set enable_nestloop = off
as $$
declare
  v_to   uuid := dot.fn_iu_document_version(p_document, p_to);
  v_from uuid;
begin
  if p_from is null then
    select v.base_version_id into v_from from dot.iu_document_version v where v.document_version_id = v_to;
  else
    v_from := dot.fn_iu_document_version(p_document, p_from);
  end if;
  return query
  with old as (
    select t.unit_id, t.path, t.span_start, v.version_no from dot.iu_tree_path t join dot.iu_version v using (version_id)
     where t.document_version_id = v_from and t.active
  ), new as (
    select t.unit_id, t.path, t.span_start, v.version_no from dot.iu_tree_path t join dot.iu_version v using (version_id)
     where t.document_version_id = v_to and t.active
  )
  select c.change, coalesce(n.unit_id, o.unit_id), n.path, case when o.path is distinct from n.path then o.path end, o.version_no, n.version_no
    from old o full join new n on n.unit_id = o.unit_id
   cross join lateral (select case
     when o.unit_id is null then 'added' when n.unit_id is null then 'removed'
     when o.version_no <> n.version_no then 'changed' when o.path <> n.path then 'moved' end as change) c
   where c.change is not null
   order by coalesce(n.span_start, o.span_start), c.change;
end
$$;
comment on function dot.fn_document_diff(text, int, int) is
  'Which units a version of a document added, changed, moved or removed, against the version before it or p_from. was: the path before, where it differs. DT404 when there is no such document or version.';

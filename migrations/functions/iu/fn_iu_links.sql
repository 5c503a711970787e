create or replace function dot.fn_iu_links(p_unit uuid default null, p_target text default null)
returns table (link uuid, unit uuid, kind text, target text, pinned_version int, note text, linked_by text, linked_at timestamptz)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select l.link_id, l.unit_id, l.link_kind, l.target, v.version_no, l.note, l.linked_by, l.linked_at
    from dot.iu_sql_link l left join dot.iu_version v using (version_id)
   where (p_unit is null or l.unit_id = p_unit) and (p_target is null or l.target = p_target)
   order by l.link_kind, l.target, l.link_id
$$;
comment on function dot.fn_iu_links(uuid, text) is 'The links of a unit, or to a target, or all.';
